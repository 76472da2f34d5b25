package org.relevo.channels.email.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** UTF-7 (RFC 2152), which Java does not know. What is wrong in it is dropped. */
final class Utf7 {

    private Utf7() {}

    static boolean isNamed(String label) {
        return label.toLowerCase(Locale.ROOT)
                .replaceAll("[\"'\\s_]", "")
                .matches("(x-)?(unicode-1-1-|unicode-2-0-)?utf-?7");
    }

    static String decode(byte[] bytes) {
        var given = new String(bytes, StandardCharsets.ISO_8859_1);
        var text = new StringBuilder(given.length());
        var at = 0;
        while (at < given.length()) {
            var letter = given.charAt(at++);
            if (letter != '+') {
                text.append(letter);
            } else if (at < given.length() && given.charAt(at) == '-') {
                text.append('+');
                at++;
            } else {
                at = shifted(given, at, text);
            }
        }
        return text.toString();
    }

    private static int shifted(String given, int from, StringBuilder text) {
        var at = from;
        var bits = 0;
        var held = 0;
        while (at < given.length() && value(given.charAt(at)) >= 0) {
            bits = bits << 6 | value(given.charAt(at++));
            held += 6;
            if (held >= 16) {
                held -= 16;
                text.append((char) (bits >> held & 0xffff));
                bits &= (1 << held) - 1;
            }
        }
        return at < given.length() && given.charAt(at) == '-' ? at + 1 : at;
    }

    static int value(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 26;
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 52;
        }
        return letter == '+' ? 62 : letter == '/' ? 63 : -1;
    }
}
