package org.relevo.channels.email.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Encrypts lines with the certificate of the settings; one that was renewed is used from the next line on. */
final class Encryption {

    private final Path certificate;
    private final Path key;
    private @Nullable FileTime read;
    private @Nullable SSLContext context;

    private Encryption(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Nothing where no certificate is set. */
    static Optional<Encryption> of(SmtpSettings settings) {
        return settings.certificate() == null || settings.key() == null
                ? Optional.empty()
                : Optional.of(new Encryption(settings.certificate(), settings.key()));
    }

    /** Shakes hands on an open line. What was said on it before must be forgotten (RFC 3207, 4.2). */
    Socket begin(Socket plain) throws IOException {
        var factory = context().getSocketFactory();
        var line = (SSLSocket) factory.createSocket(plain, null, plain.getPort(), true);
        line.setUseClientMode(false);
        line.startHandshake();
        return line;
    }

    private synchronized SSLContext context() throws IOException {
        var written = Files.getLastModifiedTime(certificate);
        if (context == null || !written.equals(read)) {
            context = load();
            read = written;
        }
        return context;
    }

    private SSLContext load() throws IOException {
        var files = PemSslStoreDetails.forCertificate(certificate.toUri().toString())
                .withPrivateKey(key.toUri().toString());
        try {
            return SslBundle.of(new PemSslStoreBundle(files, null)).createSslContext();
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new IOException("The certificate or its key cannot be used", e);
        }
    }
}
