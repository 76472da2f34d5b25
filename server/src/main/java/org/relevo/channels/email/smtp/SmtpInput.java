package org.relevo.channels.email.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a sender says. Only CRLF ends a line, only CRLF, dot, CRLF ends a mail (RFC 5321, 2.3.8): a server that took less for
 * the end would let a second mail be smuggled in within a first (CVE-2023-51764).
 */
final class SmtpInput {

    private static final int PIECE = 16_384;
    private static final int LONGEST_LINE = 2_048; // RFC 5321 says 512, and its extensions add to it

    /** A command that is no line: too long, or with a control character in it. */
    static final class BrokenLineException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private enum At {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR,
        END
    }

    private final InputStream stream;
    private final byte[] heard = new byte[PIECE];
    private int next;
    private int end;

    SmtpInput(InputStream stream) {
        this.stream = stream;
    }

    /** Whether something was said already that was not listened to yet. */
    boolean hasMore() {
        return next < end;
    }

    /** The next command; empty when the sender has gone. */
    Optional<String> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = read(); octet >= 0; octet = read()) {
            if (octet == '\r') {
                if (read() != '\n') {
                    throw new BrokenLineException();
                }
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (octet < ' ' && octet != '\t' || octet == 0x7f || line.size() == LONGEST_LINE) {
                throw new BrokenLineException();
            }
            line.write(octet);
        }
        return Optional.empty();
    }

    /**
     * A mail, to its end, as it comes; the dots that protect lines are taken off (RFC 5321, 4.5.2).
     *
     * @throws EOFException if the sender goes before the end
     */
    void mail(Consumer<byte[]> sink) throws IOException {
        var piece = new byte[PIECE + 2];
        var at = At.LINE_START;
        while (at != At.END) {
            if (!hasMore() && !fill()) {
                throw new EOFException();
            }
            var size = 0;
            while (hasMore() && at != At.END) {
                var octet = heard[next++];
                if (at == At.DOT_CR && octet != '\n') {
                    piece[size++] = '\r';
                }
                at = after(at, octet);
                if (at != At.DOT && at != At.DOT_CR && at != At.END) {
                    piece[size++] = octet;
                }
            }
            sink.accept(Arrays.copyOf(piece, size));
        }
    }

    private static At after(At at, byte octet) {
        if (octet == '\r') {
            return at == At.DOT ? At.DOT_CR : At.CR;
        }
        if (octet == '\n') {
            return switch (at) {
                case CR -> At.LINE_START;
                case DOT_CR -> At.END;
                case LINE_START, TEXT, DOT, END -> At.TEXT;
            };
        }
        return at == At.LINE_START && octet == '.' ? At.DOT : At.TEXT;
    }

    private int read() throws IOException {
        return hasMore() || fill() ? heard[next++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, stream.read(heard));
        return end > 0;
    }
}
