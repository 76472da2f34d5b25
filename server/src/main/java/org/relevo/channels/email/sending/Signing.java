package org.relevo.channels.email.sending;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Puts the signatures of its domain on a mail, where its shop wants them. */
@Component
public class Signing {

    private final SigningKeys keys;

    Signing(SigningKeys keys) {
        this.keys = keys;
    }

    /** The mail as it goes over the line: every line ends with CRLF, signatures come first. */
    public byte[] sign(String domain, byte[] mail, Instant at) {
        var lines = withLineEnds(mail);
        var signed = new ByteArrayOutputStream(lines.length + 2_048);
        for (var key : keys.active(domain)) {
            signed.writeBytes(DkimSignature.of(key, lines, at).getBytes(StandardCharsets.US_ASCII));
        }
        signed.writeBytes(lines);
        return signed.toByteArray();
    }

    /** A bare CR or LF becomes CRLF (RFC 5321, 2.3.8): what is signed is what arrives, and nobody smuggles an end of mail. */
    static byte[] withLineEnds(byte[] mail) {
        var out = new ByteArrayOutputStream(mail.length + mail.length / 40);
        for (var place = 0; place < mail.length; place++) {
            switch (mail[place]) {
                case '\r' -> {
                    out.write('\r');
                    out.write('\n');
                    if (place + 1 < mail.length && mail[place + 1] == '\n') {
                        place++;
                    }
                }
                case '\n' -> {
                    out.write('\r');
                    out.write('\n');
                }
                default -> out.write(mail[place]);
            }
        }
        return out.toByteArray();
    }
}
