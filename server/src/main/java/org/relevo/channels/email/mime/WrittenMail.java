package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message that came in another form, written as a mail, so that it can be opened like any other. */
final class WrittenMail {

    private static final String BOUNDARY = "=_relevo_written_mail";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private final ByteArrayOutputStream mail = new ByteArrayOutputStream();

    private WrittenMail() {}

    static byte[] of(Tnef message) {
        var written = new WrittenMail();
        written.line("Subject: " + word(message.subject()));
        written.line("MIME-Version: 1.0");
        written.line("Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"");
        var formatted = !message.html().isBlank();
        var body = formatted ? message.html() : message.text();
        written.part(formatted ? "text/html; charset=utf-8" : "text/plain; charset=utf-8", null, body.getBytes(UTF_8));
        for (var file : message.files()) {
            var type = file.type() == null || !file.type().matches("[\\w.+-]+/[\\w.+-]+")
                    ? "application/octet-stream"
                    : file.type();
            written.part(type, file.name() == null ? "file.bin" : file.name(), file.content());
        }
        written.line("");
        written.line("--" + BOUNDARY + "--");
        return written.mail.toByteArray();
    }

    private void part(String type, @Nullable String name, byte[] content) {
        line("");
        line("--" + BOUNDARY);
        line("Content-Type: " + type);
        line("Content-Transfer-Encoding: base64");
        if (name != null) {
            line("Content-Disposition: attachment; filename=\"" + word(name) + "\"");
        }
        line("");
        mail.writeBytes(LINES.encode(content));
    }

    private static String word(String text) {
        return text.isBlank() ? "" : "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
    }

    private void line(String text) {
        mail.writeBytes((text + "\r\n").getBytes(US_ASCII));
    }
}
