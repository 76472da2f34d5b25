package org.relevo.channels.email.receiving;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What reading mailboxes may take.
 *
 * @param largest a mail larger than this is not fetched whole; it is shown with its headers only
 * @param inMemory what all mailboxes together may hold in memory of mail that is being fetched
 */
@ConfigurationProperties("relevo.mail")
record MailLimits(
        @DefaultValue("150MB") DataSize largest,
        @DefaultValue("48MB") DataSize inMemory) {}
