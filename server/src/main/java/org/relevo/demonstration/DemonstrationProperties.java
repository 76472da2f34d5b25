package org.relevo.demonstration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demonstration shop.
 *
 * @param enabled whether there is one
 * @param password what its people and its customers sign in with; it is printed at the start
 * @param smtpPort where its mail server takes mail; 0 takes the port of the last start, or a free one
 * @param imapPort where its mail server shows mail; 0 as above
 */
@ConfigurationProperties("relevo.demonstration")
public record DemonstrationProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("aurora-2026") String password,
        @DefaultValue("0") int smtpPort,
        @DefaultValue("0") int imapPort) {}
