package org.relevo.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a body travelled (RFC 2045, 6), read leniently: names that nobody defined mean what they must have meant, or nothing, and
 * what is wrong in the code is skipped.
 */
enum TransferEncoding {
    NONE {
        @Override
        byte[] decode(byte[] source, int from, int to) {
            return Arrays.copyOfRange(source, from, to);
        }
    },
    BASE64 {
        @Override
        byte[] decode(byte[] source, int from, int to) {
            return isBase64(source, from, to) ? base64(source, from, to) : Arrays.copyOfRange(source, from, to);
        }
    },
    QUOTED_PRINTABLE {
        @Override
        byte[] decode(byte[] source, int from, int to) {
            return quotedPrintable(source, from, to);
        }
    },
    UUENCODE {
        @Override
        byte[] decode(byte[] source, int from, int to) {
            return Uuencoded.first(source, from, to).orElseGet(() -> Arrays.copyOfRange(source, from, to));
        }
    };

    private static final byte[] DIGITS = digits();

    /** The bytes between {@code from} and {@code to}, decoded. Never more than came in. */
    abstract byte[] decode(byte[] source, int from, int to);

    static TransferEncoding named(String field) {
        var name = Parameters.of(field).value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return switch (name) {
            case "base64", "b64", "b", "xbase64", "bas64", "64base" -> BASE64;
            case "quotedprintable", "quoted", "qp", "q", "quotedprint", "xquotedprintable" -> QUOTED_PRINTABLE;
            case "uuencode", "xuuencode", "uue", "xuue", "uu", "xuu" -> UUENCODE;
            default -> NONE;
        };
    }

    private static byte[] digits() {
        var digits = new byte[256];
        Arrays.fill(digits, (byte) -1);
        for (char letter = 0; letter < 128; letter++) {
            digits[letter] = (byte) Utf7.value(letter);
        }
        return digits;
    }

    /** Whether it can be what it says: a text that was never encoded has spaces and marks all over. */
    private static boolean isBase64(byte[] source, int from, int to) {
        var looked = Math.min(to, from + 8_192);
        var good = 0;
        var bad = 0;
        for (int at = from; at < looked; at++) {
            var one = source[at];
            if (DIGITS[one & 0xff] >= 0 || one == '=') {
                good++;
            } else if (one != '\r' && one != '\n') {
                bad++;
            }
        }
        return bad * 5 <= good;
    }

    /** Padding ends one text; another may follow where somebody put two together, but no footer that was added in plain. */
    private static byte[] base64(byte[] source, int from, int to) {
        var bytes = new byte[(int) ((to - from) * 3L / 4 + 3)];
        var size = 0;
        var bits = 0;
        var held = 0;
        var padded = false;
        for (int at = from; at < to; at++) {
            var one = source[at];
            var digit = DIGITS[one & 0xff];
            if (digit >= 0) {
                if (padded && held == 0 && !onlyDigits(source, at, to)) {
                    break;
                }
                padded = false;
                bits = bits << 6 | digit;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    bytes[size++] = (byte) (bits >> held);
                    bits &= (1 << held) - 1;
                }
            } else if (one == '=') {
                padded = true;
                held = 0;
                bits = 0;
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    private static boolean onlyDigits(byte[] source, int from, int to) {
        for (int at = from; at < to && source[at] != '\n' && source[at] != '\r'; at++) {
            if (DIGITS[source[at] & 0xff] < 0 && source[at] != '=') {
                return false;
            }
        }
        return true;
    }

    private static byte[] quotedPrintable(byte[] source, int from, int to) {
        var bytes = new ByteArrayOutputStream(to - from);
        var at = from;
        while (at < to) {
            var one = source[at];
            if (one == ' ' || one == '\t') {
                var end = blanks(source, at, to);
                if (end < to && !endsLine(source, end, to)) {
                    bytes.write(source, at, end - at);
                }
                at = end;
            } else if (one != '=') {
                bytes.write(one);
                at++;
            } else {
                at = escaped(source, at, to, bytes);
            }
        }
        return bytes.toByteArray();
    }

    private static int escaped(byte[] source, int at, int to, ByteArrayOutputStream bytes) {
        if (at + 2 < to && hex(source[at + 1]) >= 0 && hex(source[at + 2]) >= 0) {
            bytes.write(hex(source[at + 1]) << 4 | hex(source[at + 2]));
            return at + 3;
        }
        var end = blanks(source, at + 1, to);
        if (end >= to) {
            return to;
        }
        if (source[end] == '\r' && end + 1 < to && source[end + 1] == '\n') {
            return end + 2;
        }
        if (source[end] == '\n' || source[end] == '\r') {
            return end + 1;
        }
        bytes.write('=');
        return at + 1;
    }

    private static int blanks(byte[] source, int from, int to) {
        var end = from;
        while (end < to && (source[end] == ' ' || source[end] == '\t')) {
            end++;
        }
        return end;
    }

    private static boolean endsLine(byte[] source, int at, int to) {
        return source[at] == '\n' || source[at] == '\r' && at + 1 < to && source[at + 1] == '\n';
    }

    private static int hex(byte letter) {
        return Character.digit(letter, 16);
    }
}
