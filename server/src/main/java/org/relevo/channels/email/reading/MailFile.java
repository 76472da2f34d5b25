package org.relevo.channels.email.reading;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A file of mails: one mail as it is, or an mbox (RFC 4155) with many. An mbox is read one mail at a time; the quoting of
 * lines that begin with "From " is undone as in mboxrd.
 */
public final class MailFile {

    private static final byte[] SEPARATOR = "From ".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern TIME = Pattern.compile("\\b\\d{1,2}:\\d{2}\\b");
    private static final int LONGEST_SEPARATOR = 500;

    private MailFile() {}

    /** Hands over each mail of {@code file} in its order. */
    public static void forEach(InputStream file, Consumer<byte[]> mails) throws IOException {
        var input = new BufferedInputStream(file, 1 << 16);
        input.mark(SEPARATOR.length);
        var start = input.readNBytes(SEPARATOR.length);
        input.reset();
        if (Arrays.equals(start, SEPARATOR)) {
            split(input, mails);
        } else {
            mails.accept(input.readAllBytes());
        }
    }

    private static void split(InputStream input, Consumer<byte[]> mails) throws IOException {
        var mail = new ByteArrayOutputStream();
        var blank = true;
        for (var line = line(input); line.length > 0; line = line(input)) {
            if (blank && separates(line)) {
                flush(mail, mails);
            } else {
                var marks = marks(line);
                var quoted = marks > 0 && startsWith(line, marks);
                mail.write(line, quoted ? 1 : 0, quoted ? line.length - 1 : line.length);
            }
            blank = line.length <= 2 && (line[0] == '\n' || line[0] == '\r');
        }
        flush(mail, mails);
    }

    private static void flush(ByteArrayOutputStream mail, Consumer<byte[]> mails) {
        if (mail.size() > 0) {
            mails.accept(mail.toByteArray());
            mail.reset();
        }
    }

    /** A letter may have a paragraph that begins with "From ": what separates mails names a time as well. */
    private static boolean separates(byte[] line) {
        return line.length < LONGEST_SEPARATOR
                && startsWith(line, 0)
                && TIME.matcher(new String(line, StandardCharsets.ISO_8859_1)).find();
    }

    private static int marks(byte[] line) {
        var at = 0;
        while (at < line.length && line[at] == '>') {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] line, int from) {
        return Arrays.equals(
                line, from, Math.min(line.length, from + SEPARATOR.length), SEPARATOR, 0, SEPARATOR.length);
    }

    /** The next line with its end; empty at the end of the file. */
    private static byte[] line(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (var next = input.read(); next >= 0; next = input.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}
