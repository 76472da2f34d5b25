package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that stand before a body (RFC 5322, 2.2), also where a mailbox file, a blank line or a line that is no field
 * got between them.
 *
 * @param body where the body begins
 * @param headed false when there are no fields at all: everything is body
 * @param complete false when there was more than is read
 */
record HeaderBlock(Headers headers, int body, boolean headed, boolean complete) {

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_FIELDS = 1_000;
    private static final int LONGEST_NAME = 100;
    private static final int LINES_LOOKED_AHEAD = 3;

    /** The fields that make a mail: they are read even where thousands of others stand before them. */
    private static final Set<String> ESSENTIAL = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "return-path",
            "auto-submitted");

    /** Fields before the first of these belong to somebody on the way: a blank line after them is a mistake. */
    private static final Set<String> AUTHORS =
            Set.of("from", "to", "subject", "date", "message-id", "mime-version", "content-type");

    /** The header of a mail. */
    static HeaderBlock read(byte[] raw) {
        var reading = new Reading(raw, 0, raw.length, true);
        reading.skipWhatStandsBefore();
        return reading.read();
    }

    /** The header of a part that begins at {@code from} and ends before {@code to}. */
    static HeaderBlock read(byte[] raw, int from, int to) {
        return new Reading(raw, from, to, false).read();
    }

    private record Raw(String name, ByteArrayOutputStream body) {}

    private static final class Reading {
        private final byte[] raw;
        private final List<Raw> fields = new ArrayList<>();
        private final int limit;
        private final boolean whole;
        private int at;
        private int essentialBytes;
        private int otherBytes;
        private boolean complete = true;
        private @Nullable Raw open;

        Reading(byte[] raw, int from, int limit, boolean whole) {
            this.raw = raw;
            this.at = from;
            this.limit = limit;
            this.whole = whole;
        }

        HeaderBlock read() {
            var start = at;
            while (at < limit) {
                var end = lineEnd(at);
                if (end == at && endsHere(next(end))) {
                    return found(next(end));
                }
                if (end > at && !take(end)) {
                    return fields.isEmpty() ? new HeaderBlock(Headers.NONE, start, false, true) : found(at);
                }
                at = next(end);
            }
            return fields.isEmpty() ? new HeaderBlock(Headers.NONE, start, false, true) : found(limit);
        }

        private HeaderBlock found(int body) {
            return new HeaderBlock(decoded(), body, true, complete);
        }

        /** A byte order mark, blank lines and the "From " line of a mailbox file. */
        private void skipWhatStandsBefore() {
            if (limit >= 3 && raw[0] == (byte) 0xEF && raw[1] == (byte) 0xBB && raw[2] == (byte) 0xBF) {
                at = 3;
            }
            skipBlankLines();
            if (startsWith(at, "From ") || startsWith(at, ">From ")) {
                at = next(lineEnd(at));
                skipBlankLines();
            }
        }

        private void skipBlankLines() {
            var start = at;
            while (start < limit && (raw[start] == '\r' || raw[start] == '\n')) {
                start++;
            }
            if (start < limit && colon(start, lineEnd(start)) > 0 || startsWith(start, "From ")) {
                at = start;
            }
        }

        /** A blank line ends the header unless nothing of the author's stood before it and fields go on after it. */
        private boolean endsHere(int after) {
            if (!whole
                    || fields.stream()
                            .anyMatch(field -> AUTHORS.contains(field.name().toLowerCase(Locale.ROOT)))) {
                return true;
            }
            var end = after < limit ? lineEnd(after) : after;
            var colon = after < limit ? colon(after, end) : -1;
            return colon < 0
                    || !ESSENTIAL.contains(new String(raw, after, colon - after, US_ASCII)
                            .strip()
                            .toLowerCase(Locale.ROOT));
        }

        /** Whether the line belongs to the header. */
        private boolean take(int end) {
            if (raw[at] == ' ' || raw[at] == '\t') {
                continued(end);
                return !fields.isEmpty() || !complete;
            }
            var colon = colon(at, end);
            if (colon > 0) {
                begin(new String(raw, at, colon - at, US_ASCII).stripTrailing(), colon + 1, end);
                return true;
            }
            if (fields.isEmpty()) {
                return false;
            }
            if (goesOn(next(end))) {
                open = null;
                return true;
            }
            return false;
        }

        private void begin(String name, int from, int end) {
            var field = new Raw(name, new ByteArrayOutputStream(Math.min(end - from, 1_024)));
            open = room(field, end - from) ? field : null;
            if (open != null) {
                fields.add(open);
                open.body().write(raw, from, end - from);
            }
        }

        private void continued(int end) {
            if (open != null && room(open, end - at)) {
                open.body().write(' ');
                open.body().write(raw, at + 1, end - at - 1);
            }
        }

        private boolean room(Raw field, int more) {
            var essential = ESSENTIAL.contains(field.name().toLowerCase(Locale.ROOT));
            var used = (essential ? essentialBytes : otherBytes) + more;
            if (used > MOST_BYTES || fields.size() >= (essential ? 2 * MOST_FIELDS : MOST_FIELDS)) {
                complete = false;
                return startsLong(field, more, essential);
            }
            if (essential) {
                essentialBytes = used;
            } else {
                otherBytes = used;
            }
            return true;
        }

        /** One endless line of an essential field is kept as far as there is room, which is at its first line only. */
        private boolean startsLong(Raw field, int more, boolean essential) {
            return essential && more > MOST_BYTES && field.body().size() == 0 && fields.size() < MOST_FIELDS;
        }

        /** Whether a field comes soon after a line that is none. */
        private boolean goesOn(int from) {
            var line = from;
            for (int seen = 0; seen < LINES_LOOKED_AHEAD && line < limit; seen++) {
                var end = lineEnd(line);
                if (end == line) {
                    return false;
                }
                if (colon(line, end) > 0) {
                    return true;
                }
                line = next(end);
            }
            return false;
        }

        /** Where the name of a field ends (RFC 5322, 2.2; white space before the colon as in 4.5), or -1. */
        private int colon(int from, int end) {
            var last = Math.min(end, from + LONGEST_NAME);
            var blank = false;
            for (int i = from; i < last; i++) {
                var letter = raw[i];
                if (letter == ':') {
                    return i == from ? -1 : i;
                }
                if (letter == ' ' || letter == '\t') {
                    blank = true;
                } else if (blank || letter < 33 || letter > 126) {
                    return -1;
                }
            }
            return -1;
        }

        private int lineEnd(int from) {
            var end = from;
            while (end < limit && raw[end] != '\n') {
                end++;
            }
            return end > from && end < limit && raw[end - 1] == '\r' ? end - 1 : end;
        }

        private int next(int end) {
            return Math.min(limit, end < limit && raw[end] == '\r' ? end + 2 : end + 1);
        }

        private boolean startsWith(int from, String text) {
            var bytes = text.getBytes(US_ASCII);
            return from + bytes.length <= limit
                    && Arrays.equals(raw, from, from + bytes.length, bytes, 0, bytes.length);
        }

        /** Raw 8-bit text is, as a rule, in the charset that the mail names for its body. */
        private Headers decoded() {
            var charset = fields.stream()
                    .filter(field -> field.name().equalsIgnoreCase("Content-Type"))
                    .map(field -> ContentType.of(field.body().toString(US_ASCII)))
                    .findFirst()
                    .orElse(ContentType.NONE)
                    .charset();
            return new Headers(fields.stream()
                    .map(field -> new Headers.Field(
                            field.name(), Charsets.header(bounded(field.body().toByteArray()), charset)))
                    .toList());
        }

        private static byte[] bounded(byte[] body) {
            return body.length <= MOST_BYTES ? body : Arrays.copyOf(body, MOST_BYTES);
        }
    }
}
