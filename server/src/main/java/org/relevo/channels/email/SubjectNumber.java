package org.relevo.channels.email;

import java.util.Optional;
import java.util.regex.Pattern;

/** The number of a ticket in a subject, as in {@code Re: Lamp [#1042]}. Anybody can write one: it proves nothing. */
final class SubjectNumber {

    private static final Pattern MARK = Pattern.compile("\\[#(\\d{1,12})]");

    private SubjectNumber() {}

    static Optional<Long> in(String subject) {
        return MARK.matcher(subject).results().reduce((_, last) -> last).map(found -> Long.valueOf(found.group(1)));
    }
}
