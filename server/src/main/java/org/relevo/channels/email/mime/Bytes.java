package org.relevo.channels.email.mime;

/** Looks into bytes. */
final class Bytes {

    private Bytes() {}

    static int indexOf(byte[] bytes, byte wanted, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** The end of the line that begins at {@code from}: where its LF stands, or the end of all. */
    static int lineEnd(byte[] bytes, int from) {
        var end = indexOf(bytes, (byte) '\n', from);
        return end < 0 ? bytes.length : end;
    }
}
