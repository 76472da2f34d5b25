package org.relevo.channels.email.sending;

import java.util.regex.Pattern;

/**
 * What may stand in a header of a mail that we send: one line, without control characters, line and paragraph separators or
 * marks that turn the reading direction. Whatever goes into a header passes here; nothing of ours or anybody's begins
 * another one.
 */
public record HeaderText(String value) {

    /** A header value is folded, not cut, by the library; beyond this nobody reads it. */
    private static final int LONGEST = 900;

    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\p{Cs}]");

    /** @throws IllegalArgumentException if {@code value} could break out, or is longer than any header of ours */
    public HeaderText {
        if (value.length() > LONGEST || FORBIDDEN.matcher(value).find()) {
            throw new IllegalArgumentException("This is no header value");
        }
    }

    /** Makes words that somebody wrote fit for a header: what could break out becomes a space. */
    public static HeaderText of(String words) {
        var line = FORBIDDEN
                .matcher(words)
                .replaceAll(" ")
                .replaceAll(" {2,}", " ")
                .strip();
        return new HeaderText(line.length() <= LONGEST ? line : shortened(line));
    }

    private static String shortened(String line) {
        var end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end);
    }

    @Override
    public String toString() {
        return value;
    }
}
