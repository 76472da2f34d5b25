package org.relevo.channels.email;

import java.util.regex.Pattern;

/**
 * The subject of an answer: one {@code Re:} (RFC 5322, 3.6.5) and what it is about, however many prefixes of whatever
 * language the mails before it have piled up.
 */
final class AnswerSubject {

    private static final Pattern PREFIX = Pattern.compile(
            "\\s*+(?:re|r[eé]p|aw|antw|sv|rv|odp|res|rif|r)\\s{0,3}+(?:\\[\\d{1,3}]|\\(\\d{1,3}\\))?\\s{0,3}+[:：]",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private AnswerSubject() {}

    static String of(String subject) {
        var prefix = PREFIX.matcher(subject);
        var start = 0;
        while (prefix.region(start, subject.length()).lookingAt()) {
            start = prefix.end();
        }
        return ("Re: " + subject.substring(start).strip()).strip();
    }
}
