package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a mail (RFC 2045, 2046), found in one pass over its bytes and without recursion: parts are ranges of the source, and
 * a stack of at most twenty boundaries says where each one ends. Boundaries that are missing, unnamed, doubled or never closed cost
 * nothing that a reader could still tell apart; nested mails stay whole.
 *
 * @param root the mail itself
 * @param header its header
 * @param tooDeep whether something was nested deeper than is followed; it is left as one part, unread
 * @param tooMany whether there were more parts than are read
 */
record MimeTree(MimePart root, HeaderBlock header, boolean tooDeep, boolean tooMany) {

    static final int DEEPEST = 20;
    static final int MOST_PARTS = 1_000;
    private static final int LOOKED_AT = 64 * 1024;
    private static final int LONGEST_BOUNDARY = 2_000;

    static MimeTree of(byte[] raw) {
        var header = HeaderBlock.read(raw);
        var scan = new Scan(raw);
        var root = scan.read(header);
        return new MimeTree(root, header, scan.tooDeep, scan.tooMany);
    }

    /** A multipart whose parts are being read. */
    private static final class Open {
        private final Headers headers;
        private final ContentType type;
        private final byte[] boundary;
        private final int from;
        private final List<MimePart> parts = new ArrayList<>();
        private int firstDelimiter = -1;

        Open(Headers headers, ContentType type, String boundary, int from) {
            this.headers = headers;
            this.type = type;
            this.boundary = boundary.getBytes(ISO_8859_1);
            this.from = from;
        }
    }

    private static final class Scan {
        private final byte[] raw;
        private final List<Open> stack = new ArrayList<>();
        private boolean tooDeep;
        private boolean tooMany;
        private int parts;
        private @Nullable HeaderBlock leaf;
        private @Nullable ContentType leafType;
        private @Nullable MimePart finished;
        private @Nullable Open lastClosed;
        private int leafFrom;

        Scan(byte[] raw) {
            this.raw = raw;
        }

        MimePart read(HeaderBlock header) {
            var at = begin(header, ContentType.NONE, header.body());
            while (at < raw.length && (finished == null || lastClosed != null) && !tooMany) {
                var line = delimiter(at);
                if (line < 0) {
                    break;
                }
                at = step(line);
            }
            closeLeaf(raw.length);
            while (!stack.isEmpty()) {
                close(raw.length);
            }
            return finished == null
                    ? new MimePart(header.headers(), ContentType.NONE, raw, header.body(), raw.length, List.of())
                    : finished;
        }

        /** The next line that begins with two hyphens, or -1. */
        private int delimiter(int from) {
            var at = from;
            while (at + 2 < raw.length) {
                if (raw[at] == '-' && raw[at + 1] == '-') {
                    return at;
                }
                at = Bytes.lineEnd(raw, at) + 1;
            }
            return -1;
        }

        /** Looks at one line of two hyphens. Returns where to go on. */
        private int step(int line) {
            var end = Bytes.lineEnd(raw, line);
            var next = Math.min(raw.length, end + 1);
            for (int level = stack.size() - 1; level >= 0; level--) {
                var rest = after(stack.get(level).boundary, line, end);
                if (rest != Rest.NOTHING) {
                    return atBoundary(level, rest, line, next);
                }
            }
            var closed = lastClosed;
            if (closed != null && leaf == null && after(closed.boundary, line, end) == Rest.DELIMITER) {
                reopen(closed);
                return atBoundary(stack.size() - 1, Rest.DELIMITER, line, next);
            }
            return next;
        }

        private int atBoundary(int level, Rest rest, int line, int next) {
            closeLeaf(beforeLineBreak(line));
            while (stack.size() > level + 1) {
                close(line);
            }
            var open = stack.getLast();
            if (open.firstDelimiter < 0) {
                open.firstDelimiter = line;
                takePreamble(open, line);
            }
            if (rest == Rest.CLOSING) {
                close(line);
                return next;
            }
            if (parts >= MOST_PARTS) {
                tooMany = true;
                return next;
            }
            var header = HeaderBlock.read(raw, next, nextBoundary(next));
            return begin(header, defaultOf(open), header.body());
        }

        /** A header ends where the next boundary stands, at the latest. */
        private int nextBoundary(int from) {
            for (int line = delimiter(from); line >= 0; ) {
                var end = Bytes.lineEnd(raw, line);
                for (var open : stack) {
                    if (after(open.boundary, line, end) != Rest.NOTHING) {
                        return line;
                    }
                }
                if (line > from + LOOKED_AT) {
                    return raw.length;
                }
                line = delimiter(Math.min(raw.length, end + 1));
            }
            return raw.length;
        }

        private static ContentType defaultOf(Open open) {
            return open.type.is("multipart/digest") ? ContentType.of("message/rfc822") : ContentType.NONE;
        }

        private int begin(HeaderBlock header, ContentType fallback, int from) {
            parts++;
            lastClosed = null;
            var type = type(header.headers(), fallback);
            if (!type.isMultipart()) {
                return leaf(header, type, from);
            }
            var boundary = type.boundary()
                    .filter(given -> given.length() <= LONGEST_BOUNDARY && occurs(given, from))
                    .or(() -> guess(from));
            if (boundary.isEmpty()) {
                return leaf(header, ContentType.NONE, from);
            }
            if (stack.size() >= DEEPEST) {
                tooDeep = true;
                return leaf(header, type, from);
            }
            stack.add(new Open(header.headers(), type, boundary.get(), from));
            leaf = null;
            return from;
        }

        private int leaf(HeaderBlock header, ContentType type, int from) {
            leaf = header;
            leafType = type;
            leafFrom = from;
            return stack.isEmpty() ? raw.length : from;
        }

        /** Of several, the first that says something counts (everywhere, so that nobody is shown another mail). */
        private static ContentType type(Headers headers, ContentType fallback) {
            return headers.all("Content-Type").stream()
                    .filter(field -> !Parameters.of(field).value().isBlank())
                    .findFirst()
                    .map(ContentType::of)
                    .orElseGet(() ->
                            headers.first("Content-Type").map(ContentType::of).orElse(fallback));
        }

        /** Whether a boundary stands anywhere, so far as one looks for it without reading all again for each part. */
        private boolean occurs(String boundary, int from) {
            if (!stack.isEmpty()) {
                return true;
            }
            var bytes = boundary.getBytes(ISO_8859_1);
            for (int line = delimiter(from); line >= 0; ) {
                var end = Bytes.lineEnd(raw, line);
                if (after(bytes, line, end) != Rest.NOTHING) {
                    return true;
                }
                line = delimiter(Math.min(raw.length, end + 1));
            }
            return false;
        }

        /** The boundary that nobody named, or named wrongly: the first line of two hyphens that a field of a part follows. */
        private Optional<String> guess(int from) {
            for (int line = delimiter(from); line >= 0 && line < from + LOOKED_AT; ) {
                var end = Bytes.lineEnd(raw, line);
                var text = new String(raw, line, end - line, ISO_8859_1).strip();
                var header = new String(
                        raw, Math.min(end + 1, raw.length), Math.min(8, Math.max(0, raw.length - end - 1)), ISO_8859_1);
                if (text.length() > 2
                        && text.length() < 200
                        && header.equalsIgnoreCase("content-")
                        && stack.stream()
                                .noneMatch(open -> Arrays.equals(
                                        open.boundary, text.substring(2).getBytes(ISO_8859_1)))) {
                    return Optional.of(text.substring(2));
                }
                line = delimiter(Math.min(raw.length, end + 1));
            }
            return Optional.empty();
        }

        /** A first part whose delimiter is missing stands where a preamble would. */
        private void takePreamble(Open open, int line) {
            var end = beforeLineBreak(line);
            var start = open.from;
            while (start < end && (raw[start] == '\r' || raw[start] == '\n')) {
                start++;
            }
            if (end - start > 8 && new String(raw, start, 8, ISO_8859_1).equalsIgnoreCase("content-")) {
                var header = HeaderBlock.read(raw, start, end);
                var type = type(header.headers(), ContentType.NONE);
                open.parts.add(new MimePart(header.headers(), type, raw, header.body(), end, List.of()));
                parts++;
            }
        }

        private void closeLeaf(int end) {
            var header = leaf;
            var type = leafType;
            if (header != null && type != null) {
                keep(new MimePart(header.headers(), type, raw, leafFrom, Math.max(leafFrom, end), List.of()));
                leaf = null;
            }
        }

        private void close(int end) {
            var open = stack.removeLast();
            lastClosed = open;
            keep(
                    open.parts.isEmpty()
                            ? new MimePart(
                                    open.headers,
                                    ContentType.NONE,
                                    raw,
                                    open.from,
                                    Math.max(open.from, beforeLineBreak(end)),
                                    List.of())
                            : new MimePart(open.headers, open.type, raw, open.from, end, List.copyOf(open.parts)));
        }

        private void keep(MimePart part) {
            if (stack.isEmpty()) {
                finished = part;
            } else {
                stack.getLast().parts.add(part);
            }
        }

        /** Parts that stand behind the end of theirs belong to it all the same. */
        private void reopen(Open closed) {
            if (stack.isEmpty()) {
                finished = null;
            } else {
                stack.getLast().parts.removeLast();
            }
            stack.add(closed);
        }

        private int beforeLineBreak(int line) {
            if (line >= raw.length || line == 0 || raw[line - 1] != '\n') {
                return line;
            }
            return line >= 2 && raw[line - 2] == '\r' ? line - 2 : line - 1;
        }

        private enum Rest {
            NOTHING,
            DELIMITER,
            CLOSING
        }

        /** What a line is to a boundary; white space may follow it (RFC 2046, 5.1.1). */
        private Rest after(byte[] boundary, int line, int end) {
            var from = line + 2 + boundary.length;
            if (from > end || !Arrays.equals(raw, line + 2, from, boundary, 0, boundary.length)) {
                return Rest.NOTHING;
            }
            var closing = from + 1 < end && raw[from] == '-' && raw[from + 1] == '-';
            for (int at = closing ? from + 2 : from; at < end; at++) {
                if (raw[at] != ' ' && raw[at] != '\t' && raw[at] != '\r') {
                    return closing ? Rest.CLOSING : Rest.NOTHING;
                }
            }
            return closing ? Rest.CLOSING : Rest.DELIMITER;
        }
    }
}
