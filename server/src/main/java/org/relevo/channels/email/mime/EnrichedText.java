package org.relevo.channels.email.mime;

import java.util.Locale;

/** The words of text/enriched and text/richtext (RFC 1896, 1341) without their marks. */
final class EnrichedText {

    private static final int LONGEST_MARK = 60;

    private EnrichedText() {}

    /**
     * @param enriched whether single line breaks are only there for the journey, as text/enriched has it
     */
    static String plain(String text, boolean enriched) {
        var out = new StringBuilder(text.length());
        var hidden = 0;
        for (int at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (letter == '<' && at + 1 < text.length() && text.charAt(at + 1) == '<') {
                out.append('<');
                at++;
            } else if (letter == '<' && mark(text, at) > 0) {
                var end = mark(text, at);
                var name = text.substring(at + 1, end).toLowerCase(Locale.ROOT);
                hidden = Math.max(
                        0,
                        hidden
                                + (name.equals("param") || name.equals("comment") ? 1 : 0)
                                - (name.equals("/param") || name.equals("/comment") ? 1 : 0));
                out.append(
                        name.equals("nl") || name.equals("np") || name.equals("/paragraph")
                                ? "\n"
                                : name.equals("lt") ? "<" : "");
                at = end;
            } else if (hidden == 0) {
                out.append(letter);
            }
        }
        return enriched ? joined(out.toString()) : out.toString();
    }

    private static int mark(String text, int from) {
        var end = text.indexOf('>', from);
        return end < 0 || end - from > LONGEST_MARK ? -1 : end;
    }

    /** One line break is a space; of more than one, the first is not meant. */
    private static String joined(String text) {
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) != '\n') {
                out.append(text.charAt(at++));
                continue;
            }
            var breaks = 0;
            while (at < text.length() && text.charAt(at) == '\n') {
                breaks++;
                at++;
            }
            out.append(breaks == 1 ? " " : "\n".repeat(breaks - 1));
        }
        return out.toString();
    }
}
