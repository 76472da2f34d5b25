package org.relevo.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Decodes the encoded words of a header (RFC 2047). Neighbours in one charset are put together before they are decoded:
 * many programs split a text in the middle of a character.
 */
final class EncodedWords {

    private static final int LONGEST_HEADER = 20_000;
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]{1,60})(?:\\*[^?\\s]{0,60})?\\?([bBqQ])\\?(.{0,4000}?)\\?=");

    private EncodedWords() {}

    /** The text of {@code header}, of which only the first 20 000 characters are looked at. */
    static String decode(String header) {
        var given = header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
        var text = new StringBuilder();
        var word = WORD.matcher(given);
        var bytes = new ByteArrayOutputStream();
        var charset = "";
        var end = 0;
        while (word.find()) {
            var between = given.substring(end, word.start());
            if (!between.isBlank() || !word.group(1).equalsIgnoreCase(charset)) {
                flush(bytes, charset, text);
                text.append(between.isBlank() && end > 0 ? "" : between);
            }
            charset = word.group(1);
            bytes.writeBytes("bB".contains(word.group(2)) ? base64(word.group(3)) : quoted(word.group(3)));
            end = word.end();
        }
        flush(bytes, charset, text);
        return Charsets.clean(text.append(given.substring(end)).toString());
    }

    /** Decoded, and on one line. */
    static String oneLine(String header) {
        return decode(header).replaceAll("[\\s\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }

    private static void flush(ByteArrayOutputStream bytes, String charset, StringBuilder text) {
        if (bytes.size() > 0) {
            text.append(Charsets.decode(bytes.toByteArray(), charset));
            bytes.reset();
        }
    }

    private static byte[] base64(String text) {
        var digits = text.replaceAll("[^A-Za-z0-9+/]", "");
        var whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
        return Base64.getDecoder().decode(whole);
    }

    private static byte[] quoted(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (letter == '=' && at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2))) {
                bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(letter == '_' ? ' ' : letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(char letter) {
        return Character.digit(letter, 16) >= 0;
    }
}
