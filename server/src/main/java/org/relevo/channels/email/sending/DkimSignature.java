package org.relevo.channels.email.sending;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The header that says who answers for a mail (DKIM, RFC 6376), relaxed for header and body, so that it outlives what servers do
 * to white space. Linear in the size of the mail.
 */
final class DkimSignature {

    /** Those that are there are signed; the first three once more, so that nobody adds a second one (RFC 6376, 8.15). */
    private static final List<String> SIGNED = List.of(
            "from",
            "to",
            "subject",
            "reply-to",
            "cc",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding");

    private static final List<String> ONLY_ONCE = SIGNED.subList(0, 3);
    private static final int LINE = 70;

    private record Field(String name, String canonical) {}

    private DkimSignature() {}

    /** The header line, folded, with its end of line. Lines of {@code mail} end with CRLF. */
    static String of(DkimKey key, byte[] mail, Instant at) {
        var text = new String(mail, StandardCharsets.ISO_8859_1); // a byte, a character
        var end = text.indexOf("\r\n\r\n");
        var fields = fields(end < 0 ? text : text.substring(0, end));
        var body = end < 0 ? "" : text.substring(end + 4);
        var signed =
                fields.stream().filter(field -> SIGNED.contains(field.name())).toList();
        var start = "v=1; a=" + key.kind().tag() + "; c=relaxed/relaxed; d=" + key.domain() + "; s=" + key.selector()
                + "; t=" + at.getEpochSecond() + "; h=" + names(signed) + "; bh=" + base64(sha256(relaxed(body)))
                + "; b=";
        var data = new StringBuilder();
        signed.forEach(field -> data.append(field.canonical()).append("\r\n"));
        data.append("dkim-signature:").append(start);
        var signature = base64(key.sign(data.toString().getBytes(StandardCharsets.ISO_8859_1)));
        return "DKIM-Signature: " + folded(start, signature) + "\r\n";
    }

    private static String names(List<Field> signed) {
        var names = new ArrayList<>(signed.stream().map(Field::name).toList());
        names.addAll(ONLY_ONCE);
        return String.join(":", names);
    }

    private static List<Field> fields(String head) {
        var fields = new ArrayList<Field>();
        var unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        for (var line : unfolded.split("\r\n")) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.add(new Field(
                        name, name + ":" + spaced(line.substring(colon + 1)).strip()));
            }
        }
        return fields;
    }

    /** Runs of blanks are one, lines end without any, and the empty lines at the end are none (RFC 6376, 3.4.4). */
    private static byte[] relaxed(String body) {
        var out = new ByteArrayOutputStream(body.length());
        var empty = 0;
        for (var line : body.split("\r\n", -1)) {
            var words = spaced(line).stripTrailing();
            if (words.isEmpty()) {
                empty++;
                continue;
            }
            out.writeBytes("\r\n".repeat(empty).getBytes(StandardCharsets.ISO_8859_1));
            empty = 0;
            out.writeBytes((words + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    private static String spaced(String line) {
        var text = new StringBuilder(line.length());
        var blank = false;
        for (var place = 0; place < line.length(); place++) {
            var character = line.charAt(place);
            var white = character == ' ' || character == '\t';
            if (!white) {
                text.append(character);
            } else if (!blank) {
                text.append(' ');
            }
            blank = white;
        }
        return text.toString();
    }

    /** Folded where the canonical form puts one space anyway; blanks inside the signature count for nothing. */
    private static String folded(String start, String signature) {
        var text = new StringBuilder(start.replace("; ", ";\r\n "));
        for (var place = 0; place < signature.length(); place += LINE) {
            text.append("\r\n ").append(signature, place, Math.min(signature.length(), place + LINE));
        }
        return text.toString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
