package org.relevo.channels.email.automatic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds mail addresses in the prose and the protocol lines of reports. Every step is bounded (RFC 5321, 4.5.3.1). */
final class MailAddresses {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final String ATOM = "!#$%&'*+/=?^_`{|}~.-";

    private MailAddresses() {}

    /**
     * An address in a line.
     *
     * @param start where it begins in the line
     * @param end just behind it
     * @param address in lower case
     */
    record Found(int start, int end, String address) {}

    static Optional<String> first(String line) {
        return in(line).stream().map(Found::address).findFirst();
    }

    static List<Found> in(String line) {
        var found = new ArrayList<Found>();
        for (var at = line.indexOf('@'); at >= 0; at = line.indexOf('@', at + 1)) {
            var start = startOfLocalPart(line, at);
            var end = endOfDomain(line, at + 1);
            if (start < at && line.substring(at, end).indexOf('.') > 1) {
                found.add(new Found(start, end, line.substring(start, end).toLowerCase(Locale.ROOT)));
            }
        }
        return found;
    }

    private static int startOfLocalPart(String line, int at) {
        var earliest = Math.max(0, at - LONGEST_LOCAL_PART);
        if (at > 1 && line.charAt(at - 1) == '"') {
            var quote = line.lastIndexOf('"', at - 2);
            return quote >= earliest ? quote : at;
        }
        var start = at;
        while (start > earliest && isLocal(line.charAt(start - 1))) {
            start--;
        }
        while (start < at && "'`*|/.".indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private static int endOfDomain(String line, int start) {
        var latest = Math.min(line.length(), start + LONGEST_DOMAIN);
        var end = start;
        while (end < latest && isDomain(line.charAt(end))) {
            end++;
        }
        while (end > start && !Character.isLetterOrDigit(line.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isLocal(char letter) {
        return Character.isLetterOrDigit(letter) || Character.isSurrogate(letter) || ATOM.indexOf(letter) >= 0;
    }

    /** Japanese and Chinese notices go on behind an address without a space: only Latin letters belong to it. */
    private static boolean isDomain(char letter) {
        return letter == '-' || letter == '.' || letter < 0x250 && Character.isLetterOrDigit(letter);
    }
}
