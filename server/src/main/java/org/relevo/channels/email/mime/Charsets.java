package org.relevo.channels.email.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes text whatever its label says. Never fails: what cannot be read otherwise is read as windows-1252. */
final class Charsets {

    private static final Charset LAST_RESORT = Charset.forName("windows-1252");

    /** Names in use that Java does not know, or knows as something narrower than what is sent under them. */
    private static final Map<String, String> ALIASES = Map.of(
            "gb2312", "gb18030",
            "gbk", "gb18030",
            "ks_c_5601-1987", "ms949",
            "iso-8859-1", "windows-1252",
            "us-ascii", "windows-1252",
            "ascii", "windows-1252",
            "iso-8859-8-i", "iso-8859-8",
            "utf8", "utf-8",
            "cp-850", "cp850",
            "ansi_x3.110-1983", "windows-1252");

    private Charsets() {}

    static String decode(byte[] bytes, @Nullable String label) {
        var utf8 = strict(bytes, StandardCharsets.UTF_8);
        var charset = label == null ? Optional.<Charset>empty() : named(label);
        var text = charset.isEmpty()
                ? utf8
                : charset.get().equals(LAST_RESORT) && !saysAscii(label)
                        ? Optional.<String>empty()
                        : strict(bytes, charset.get())
                                .filter(_ -> !saysAscii(label))
                                .or(() -> utf8);
        return clean(text.orElseGet(() -> new String(bytes, LAST_RESORT)));
    }

    /** Whoever says ASCII and sends more usually sends UTF-8. */
    private static boolean saysAscii(@Nullable String label) {
        return label != null && label.toLowerCase(Locale.ROOT).contains("ascii");
    }

    private static Optional<Charset> named(String label) {
        var name = label.strip().toLowerCase(Locale.ROOT).replace("\"", "");
        try {
            return Optional.of(Charset.forName(ALIASES.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** No byte order mark, no NUL (the database refuses it), one kind of line end. */
    static String clean(String text) {
        return text.replace("\uFEFF", "")
                .replace("\0", "")
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }
}
