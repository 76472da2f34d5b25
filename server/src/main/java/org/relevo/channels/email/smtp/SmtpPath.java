package org.relevo.channels.email.smtp;

import java.util.Locale;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT (RFC 5321, 4.1.2): an address and what is said with it.
 *
 * @param address without brackets and without the hosts of a source route; may be empty
 * @param size the size that is announced (RFC 1870); 0 if none is
 */
record SmtpPath(String address, long size) {

    private static final int LONGEST = 1_024;
    private static final int DIGITS = 18;

    /**
     * @param word FROM or TO
     * @param argument what follows the verb
     */
    static Optional<SmtpPath> of(String word, String argument) {
        var said = argument.strip();
        if (!said.regionMatches(true, 0, word + ":", 0, word.length() + 1)) {
            return Optional.empty();
        }
        var path = said.substring(word.length() + 1).strip();
        var bracketed = path.startsWith("<");
        var end = bracketed ? closing(path) : blank(path);
        if (end < 0 || !bracketed && end == 0) {
            return Optional.empty();
        }
        var address = bracketed ? path.substring(1, end) : path.substring(0, end);
        return address.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new SmtpPath(withoutRoute(address.strip()), size(path.substring(end))));
    }

    /** The bracket that closes, outside of quotes. */
    private static int closing(String path) {
        var quoted = false;
        for (int index = 1; index < path.length(); index++) {
            var letter = path.charAt(index);
            if (letter == '\\') {
                index++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == '>' && !quoted) {
                return index;
            }
        }
        return -1;
    }

    private static int blank(String path) {
        var blank = path.indexOf(' ');
        return blank < 0 ? path.length() : blank;
    }

    /** Of {@code @one,@two:user@three} the last address: routes are ignored (RFC 5321, appendix C). */
    private static String withoutRoute(String address) {
        var colon = address.indexOf(':');
        return address.startsWith("@") && colon > 0 ? address.substring(colon + 1) : address;
    }

    private static long size(String parameters) {
        for (var parameter : parameters.toUpperCase(Locale.ROOT).split(" ", 50)) {
            var digits = parameter.startsWith("SIZE=") ? parameter.substring(5) : "";
            if (!digits.isEmpty() && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                return digits.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
            }
        }
        return 0;
    }
}
