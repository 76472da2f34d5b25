package org.relevo.channels.email;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * An account at a mail server: what a connection needs. Timeouts bound every step.
 *
 * @param imap absent when mail is only sent here
 * @param password the password, or the access token when the sign-in is by OAuth
 */
public record MailAccount(@Nullable MailServer imap, MailServer smtp, String username, String password, SignIn signIn) {

    private static final String CONNECT_MILLIS = "10000";
    private static final String READ_MILLIS = "30000";
    private static final String WRITE_MILLIS = "60000";

    public MailAccount(@Nullable MailServer imap, MailServer smtp, String username, String password) {
        this(imap, smtp, username, password, SignIn.PASSWORD);
    }

    public Properties imapProperties() {
        if (imap == null) {
            throw new IllegalStateException("Mail is only sent here");
        }
        var properties = properties("imap", imap);
        properties.setProperty("mail.imap.peek", "true");
        properties.setProperty("mail.imap.partialfetch", "false");
        return properties;
    }

    Properties smtpProperties() {
        var properties = properties("smtp", smtp);
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.allow8bitmime", "false");
        return properties;
    }

    private Properties properties(String protocol, MailServer server) {
        var prefix = "mail." + protocol + ".";
        var properties = new Properties();
        properties.setProperty(prefix + "host", server.host());
        properties.setProperty(prefix + "port", String.valueOf(server.port()));
        properties.setProperty(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.setProperty(prefix + "timeout", READ_MILLIS);
        properties.setProperty(prefix + "writetimeout", WRITE_MILLIS);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (signIn == SignIn.OAUTH) {
            properties.setProperty(prefix + "auth.mechanisms", "XOAUTH2");
        }
        switch (server.security()) {
            case TLS -> properties.setProperty(prefix + "ssl.enable", "true");
            case STARTTLS -> {
                properties.setProperty(prefix + "starttls.enable", "true");
                properties.setProperty(prefix + "starttls.required", "true");
            }
            case NONE -> {}
        }
        return properties;
    }

    @Override
    public String toString() {
        return username + " at " + smtp.host();
    }
}
