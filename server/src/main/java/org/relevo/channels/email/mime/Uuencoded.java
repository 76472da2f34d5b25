package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files that stand uuencoded within a text, and the text without them. A block counts when its first line is sound; it ends with
 * {@code end} or with the first line that cannot be part of it.
 */
record Uuencoded(byte[] rest, List<File> files) {

    /** A file as its {@code begin} line names it. */
    record File(byte[] name, byte[] content) {}

    private static final Pattern BEGIN = Pattern.compile("begin [0-7]{3,4} \\S.{0,250}");
    private static final int MOST_FILES = 200;

    static Uuencoded in(byte[] text) {
        return in(text, 0, text.length);
    }

    /** The first file, if there is one. */
    static Optional<byte[]> first(byte[] source, int from, int to) {
        return in(source, from, to).files().stream().findFirst().map(File::content);
    }

    private static Uuencoded in(byte[] source, int from, int to) {
        var rest = new ByteArrayOutputStream();
        var files = new ArrayList<File>();
        var kept = from;
        var at = from;
        while (at < to) {
            var end = Math.min(to, Bytes.lineEnd(source, at));
            if (files.size() < MOST_FILES && begins(source, at, end)) {
                var block = new Block();
                var after = block.read(source, Math.min(to, end + 1), to);
                if (block.lines > 0) {
                    rest.write(source, kept, at - kept);
                    var line = line(source, at, end);
                    var name = line.substring(line.indexOf(' ', 6) + 1).strip();
                    files.add(new File(name.getBytes(ISO_8859_1), block.content.toByteArray()));
                    kept = after;
                    at = after;
                    continue;
                }
            }
            at = end + 1;
        }
        return files.isEmpty()
                ? new Uuencoded(Arrays.copyOfRange(source, from, to), files)
                : withTail(rest, source, kept, to, files);
    }

    private static Uuencoded withTail(ByteArrayOutputStream rest, byte[] source, int kept, int to, List<File> files) {
        rest.write(source, Math.min(kept, to), Math.max(0, to - kept));
        return new Uuencoded(rest.toByteArray(), files);
    }

    private static boolean begins(byte[] source, int at, int end) {
        return end - at > 10
                && end - at < 300
                && source[at] == 'b'
                && source[at + 1] == 'e'
                && BEGIN.matcher(line(source, at, end)).matches();
    }

    private static String line(byte[] source, int at, int end) {
        return new String(source, at, Math.max(0, end - at), ISO_8859_1).stripTrailing();
    }

    private static final class Block {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int lines;

        /** Reads the lines of a block. Returns where the text goes on. */
        int read(byte[] source, int from, int to) {
            var at = from;
            while (at < to) {
                var end = Math.min(to, Bytes.lineEnd(source, at));
                var size = end > at && source[end - 1] == '\r' ? end - at - 1 : end - at;
                if (size == 3 && source[at] == 'e' && source[at + 1] == 'n' && source[at + 2] == 'd') {
                    return Math.min(to, end + 1);
                }
                if (!take(source, at, size)) {
                    return at;
                }
                at = end + 1;
            }
            return Math.min(at, to);
        }

        private boolean take(byte[] source, int at, int size) {
            if (size == 0 || size == 1 && (source[at] == '`' || source[at] == ' ')) {
                return lines > 0;
            }
            var bytes = source[at] - 32 & 63;
            var digits = (bytes + 2) / 3 * 4;
            if (source[at] < 32 || source[at] > 96 || size - 1 > digits + 4 || size - 1 < (bytes * 4 + 2) / 3 - 8) {
                return false;
            }
            for (int i = 1; i < size; i++) {
                if (source[at + i] < 32 || source[at + i] > 96) {
                    return false;
                }
            }
            decode(source, at + 1, size - 1, bytes);
            lines++;
            return true;
        }

        private void decode(byte[] source, int from, int size, int bytes) {
            var left = bytes;
            for (int group = 0; left > 0; group += 4) {
                var bits = 0;
                for (int i = 0; i < 4; i++) {
                    bits = bits << 6 | (group + i < size ? source[from + group + i] - 32 & 63 : 0);
                }
                for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--) {
                    content.write(bits >> shift);
                }
            }
        }
    }
}
