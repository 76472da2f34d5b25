package org.relevo.channels.email.mime;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an opaque S/MIME signature was put around (RFC 8551, 3.5.2; CMS, RFC 5652, 5.1). The signature is not verified: only the
 * few elements on the way to the content are read, so that nothing in the rest can do harm.
 */
final class OpaqueSignature {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int OBJECT_ID = 0x06;
    private static final int INTEGER = 0x02;
    private static final int EXPLICIT = 0xa0;
    private static final int OCTETS = 0x04;
    private static final int OCTETS_IN_PIECES = 0x24;
    private static final int MOST_ELEMENTS = 100_000;
    private static final byte[] SIGNED_DATA = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 2};

    private final byte[] bytes;
    private int at;

    private OpaqueSignature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The signed content; empty when there is none, or when {@code bytes} is something else. */
    static Optional<byte[]> content(byte[] bytes) {
        return Optional.ofNullable(new OpaqueSignature(bytes).read());
    }

    private byte @Nullable [] read() {
        if (!enter(SEQUENCE) || !isSignedData() || !enter(EXPLICIT) || !enter(SEQUENCE)) {
            return null;
        }
        if (!skip(INTEGER) || !skip(SET) || !enter(SEQUENCE) || !skip(OBJECT_ID) || !enter(EXPLICIT)) {
            return null;
        }
        var content = new ByteArrayOutputStream();
        return octets(content) && content.size() > 0 ? content.toByteArray() : null;
    }

    private boolean isSignedData() {
        var start = at + 2;
        return skip(OBJECT_ID) && Arrays.equals(bytes, Math.min(start, at), at, SIGNED_DATA, 0, SIGNED_DATA.length);
    }

    private boolean octets(ByteArrayOutputStream content) {
        if (at >= bytes.length) {
            return false;
        }
        var inPieces = (bytes[at] & 0xff) == OCTETS_IN_PIECES;
        var length = header(inPieces ? OCTETS_IN_PIECES : OCTETS);
        if (!inPieces) {
            return length >= 0 && take(content, length);
        }
        var end = length < 0 ? bytes.length : Math.min(bytes.length, at + length);
        while (at < end && (bytes[at] & 0xff) == OCTETS) {
            var piece = header(OCTETS);
            if (piece < 0 || !take(content, piece)) {
                break;
            }
        }
        return content.size() > 0;
    }

    private boolean take(ByteArrayOutputStream content, int length) {
        var kept = Math.min(length, bytes.length - at);
        content.write(bytes, at, kept);
        at += kept;
        return kept == length;
    }

    private boolean enter(int tag) {
        return header(tag) >= -1;
    }

    /** Steps over a whole element, however deep, without recursion. */
    private boolean skip(int tag) {
        var length = header(tag);
        if (length >= 0) {
            at = Math.min(bytes.length, at + length);
            return true;
        }
        var open = length == -1 ? 1 : 0;
        for (int seen = 0; open > 0 && seen < MOST_ELEMENTS && at + 1 < bytes.length; seen++) {
            if (bytes[at] == 0 && bytes[at + 1] == 0) {
                at += 2;
                open--;
            } else {
                var inner = header(bytes[at] & 0xff);
                open += inner == -1 ? 1 : 0;
                at = inner > 0 ? Math.min(bytes.length, at + inner) : at;
                if (inner < -1) {
                    return false;
                }
            }
        }
        return length == -1 && open == 0;
    }

    /** The length of the element of this tag that begins here; -1 when it is not told, less when it is another or wrong. */
    private int header(int tag) {
        if (at + 1 >= bytes.length || (bytes[at] & 0xff) != tag) {
            return -2;
        }
        var first = bytes[at + 1] & 0xff;
        at += 2;
        if (first < 0x80) {
            return first;
        }
        if (first == 0x80) {
            return -1;
        }
        var length = 0L;
        for (int left = first & 0x7f; left > 0; left--) {
            if (at >= bytes.length || length > Integer.MAX_VALUE >> 8) {
                return -2;
            }
            length = length << 8 | bytes[at++] & 0xff;
        }
        return (int) length;
    }
}
