package org.relevo.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The value of a structured field and its parameters (RFC 2045, 5.1), with continuations and charsets (RFC 2231). What stands in
 * the wrong place (empty parameters, missing quotes, comments, a value without a name) costs only itself; of two parameters of one
 * name the first counts.
 */
record Parameters(String value, Map<String, String> all) {

    private static final int MOST = 100;
    private static final int MOST_PIECES = 200;

    /** A piece of a parameter that came in several. */
    private record Piece(String text, boolean encoded) {}

    Optional<String> get(String name) {
        return Optional.ofNullable(all.get(name)).filter(text -> !text.isBlank());
    }

    static Parameters of(String field) {
        var scan = new Scan(field);
        var value = scan.until(";", true).strip();
        var plain = new LinkedHashMap<String, String>();
        var pieces = new LinkedHashMap<String, TreeMap<Integer, Piece>>();
        while (scan.more() && plain.size() + pieces.size() < MOST) {
            scan.next(); // the semicolon
            var name = scan.until("=;", true).strip().toLowerCase(Locale.ROOT);
            if (!scan.at('=')) {
                continue;
            }
            scan.next();
            put(name, scan.value(), plain, pieces);
        }
        pieces.forEach((name, parts) -> plain.put(name, joined(parts)));
        return new Parameters(value, plain);
    }

    private static void put(
            String name, String text, Map<String, String> plain, Map<String, TreeMap<Integer, Piece>> pieces) {
        var star = name.indexOf('*');
        if (star < 0) {
            plain.putIfAbsent(name, text);
            return;
        }
        var encoded = name.endsWith("*");
        var number = name.substring(star + 1, encoded && name.length() > star + 1 ? name.length() - 1 : name.length());
        var parts = pieces.computeIfAbsent(name.substring(0, star), _ -> new TreeMap<>());
        var index = number.isEmpty() ? 0 : number.matches("\\d{1,4}") ? Integer.parseInt(number) : -1;
        if (index >= 0 && parts.size() < MOST_PIECES) {
            parts.putIfAbsent(index, new Piece(text, encoded));
        }
    }

    private static String joined(TreeMap<Integer, Piece> parts) {
        var bytes = new ByteArrayOutputStream();
        var charset = charset(parts);
        var expected = 0;
        for (var part : parts.entrySet()) {
            if (part.getKey() > expected) {
                break; // one is missing: what follows would be glued to the wrong place
            }
            expected++;
            var piece = part.getValue();
            var text = part.getKey() == 0 && charset != null ? afterQuotes(piece.text()) : piece.text();
            bytes.writeBytes(piece.encoded() ? percent(text) : text.getBytes(StandardCharsets.UTF_8));
        }
        return Charsets.decode(bytes.toByteArray(), charset);
    }

    private static @Nullable String charset(TreeMap<Integer, Piece> parts) {
        var first = parts.get(0);
        if (first == null || !first.encoded()) {
            return null;
        }
        var quote = first.text().indexOf('\'');
        return quote < 0 || first.text().indexOf('\'', quote + 1) < 0
                ? null
                : first.text().substring(0, quote);
    }

    private static String afterQuotes(String text) {
        return text.substring(text.indexOf('\'', text.indexOf('\'') + 1) + 1);
    }

    private static byte[] percent(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (letter == '%'
                    && at + 2 < text.length()
                    && Character.digit(text.charAt(at + 1), 16) >= 0
                    && Character.digit(text.charAt(at + 2), 16) >= 0) {
                bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Walks over a field once. */
    private static final class Scan {
        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        boolean more() {
            return at < text.length();
        }

        boolean at(char letter) {
            return more() && text.charAt(at) == letter;
        }

        void next() {
            at++;
        }

        /** What stands before one of {@code ends}, without comments if {@code comments} can be there. */
        String until(String ends, boolean comments) {
            var found = new StringBuilder();
            while (more() && ends.indexOf(text.charAt(at)) < 0) {
                if (comments && at('(') && skipComment()) {
                    continue;
                }
                found.append(text.charAt(at++));
            }
            return found.toString();
        }

        /** Steps over a comment that is closed; one that is not is no comment. */
        private boolean skipComment() {
            var depth = 0;
            for (int end = at; end < text.length() && end < at + 1_000; end++) {
                var letter = text.charAt(end);
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
                if (depth == 0) {
                    at = end + 1;
                    return true;
                }
            }
            return false;
        }

        String value() {
            while (at(' ') || at('\t')) {
                at++;
            }
            if (!at('"')) {
                return until(";", false).strip();
            }
            var quoted = quoted();
            until(";", false);
            return quoted;
        }

        /**
         * A quoted string. A quote inside that nobody escaped is kept where the string can still end later; a backslash before
         * anything but a quote or a backslash is that of a Windows path.
         */
        private String quoted() {
            at++;
            var found = new StringBuilder();
            while (more() && !(at('"') && endsString())) {
                if (at('\\') && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                    at++;
                }
                found.append(text.charAt(at++));
            }
            at++;
            return found.toString();
        }

        private boolean endsString() {
            var after = at + 1;
            while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
                after++;
            }
            return after >= text.length()
                    || text.charAt(after) == ';'
                    || text.charAt(after) == '('
                    || text.indexOf('"', at + 1) < 0
                    || text.indexOf(';', at) >= 0 && text.indexOf('"', at + 1) > text.indexOf(';', at);
        }
    }
}
