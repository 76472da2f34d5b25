package org.relevo.platform.outbound;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What calls to foreign addresses may take and where they may go.
 *
 * @param privateAddresses whether shops may live in our own network: loopback, private, link-local and cloud metadata
 *     addresses are refused otherwise
 * @param connect the longest wait for a connection
 * @param whole the longest wait for the last byte of an answer, redirects included
 * @param largest the largest answer that is read
 */
@ConfigurationProperties("relevo.outbound")
public record OutboundProperties(
        @DefaultValue("false") boolean privateAddresses,
        @DefaultValue("5s") Duration connect,
        @DefaultValue("20s") Duration whole,
        @DefaultValue("20MB") DataSize largest) {}
