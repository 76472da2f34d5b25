package org.relevo.channels.email.smtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Taking in mail that shops forward to RELEVO.
 *
 * @param port where mail is taken in; 0 takes in none
 * @param address the local address that it listens at; by default all of them, since mail comes from other machines
 * @param hostname its name in mail and in forwarding addresses; by default that of {@code relevo.url}
 * @param largest a mail larger than this is refused
 * @param connections how many senders are served at a time
 * @param recipients how many recipients one mail may have
 * @param silence how long a sender may say nothing
 * @param whole how long one connection may last, however much is said
 * @param certificate PEM file with its certificate and those above; with it and the key, lines can be encrypted (STARTTLS)
 * @param key PEM file with the private key of the certificate
 * @param tlsRequired whether mail is only taken in over encrypted lines
 * @param networks from where mail is taken in (such as 192.0.2.0/24); from everywhere when empty
 */
@ConfigurationProperties("relevo.smtp")
public record SmtpSettings(
        @DefaultValue("0") int port,
        @DefaultValue("0.0.0.0") String address,
        @DefaultValue("") String hostname,
        @DefaultValue("50MB") DataSize largest,
        @DefaultValue("50") int connections,
        @DefaultValue("50") int recipients,
        @DefaultValue("5m") Duration silence,
        @DefaultValue("30m") Duration whole,
        @Nullable Path certificate,
        @Nullable Path key,
        @DefaultValue("false") boolean tlsRequired,
        @DefaultValue List<String> networks) {

    public SmtpSettings {
        networks = List.copyOf(networks);
        require(port >= 0 && port <= 65_535, "relevo.smtp.port is from 0 to 65535");
        require(connections > 0 && recipients > 0, "relevo.smtp.connections and recipients are at least 1");
        require(silence.isPositive() && whole.isPositive(), "relevo.smtp.silence and whole are longer than nothing");
        require((certificate == null) == (key == null), "relevo.smtp.certificate and relevo.smtp.key go together");
        require(!tlsRequired || certificate != null, "relevo.smtp.tls-required needs relevo.smtp.certificate");
    }

    /** Whether mail is taken in at all. */
    public boolean isOpen() {
        return port != 0;
    }

    private static void require(boolean met, String sentence) {
        if (!met) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
