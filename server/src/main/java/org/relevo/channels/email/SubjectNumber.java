package org.relevo.channels.email;

import java.util.Optional;
import java.util.regex.Pattern;

/** The number of a ticket in a subject, as in {@code Re: Lamp [#1042]}. Anybody can write one: it proves nothing. */
final class SubjectNumber {

    private static final Pattern MARK = Pattern.compile("\\[#(\\d{1,12})]");

    private static final int LONGEST = 800; // the mark after it still fits a header

    private SubjectNumber() {}

    /** The subject with the ticket's number, once and last, where {@link #in} looks for it. */
    static String marked(String subject, long number) {
        var mark = "[#" + number + "]";
        var words = subject.replace(mark, "").strip();
        return (words.length() <= LONGEST ? words : words.substring(0, LONGEST)) + " " + mark;
    }

    static Optional<Long> in(String subject) {
        return MARK.matcher(subject).results().reduce((_, last) -> last).map(found -> Long.valueOf(found.group(1)));
    }
}
