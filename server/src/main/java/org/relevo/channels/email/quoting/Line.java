package org.relevo.channels.email.quoting;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a mail.
 *
 * @param text as it is shown, with the marks of a quote
 * @param bare without them
 * @param hint what its HTML says of it
 */
record Line(String text, String bare, Hint hint) {

    private static final int LONGEST_NAME = 10;

    /** What the program that wrote the HTML says of a line, by the names it gives to its elements. */
    enum Hint {
        NONE,
        /** It introduces a quote. */
        INTRODUCTION,
        /** From here on everything is history. */
        HISTORY,
        /** It belongs to a signature. */
        SIGNATURE
    }

    /** The lines of plain text; what stands behind {@code >}, {@code Name>} or {@code |} is quoted. */
    static List<Line> of(String text) {
        var lines = new ArrayList<Line>();
        var quoting = false;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var bare = bare(line);
            if (bare.equals(line) && line.startsWith("|") && (quoting || endsLikeAnIntroduction(lines))) {
                bare = line.substring(1);
            }
            quoting = bare.length() != line.length() || (quoting && line.isBlank());
            lines.add(new Line(line, bare, Hint.NONE));
        }
        return lines;
    }

    static Line of(String words, int depth, Hint hint) {
        return new Line(depth == 0 ? words : (">".repeat(depth) + " " + words).stripTrailing(), words, hint);
    }

    boolean quoted() {
        return bare.length() != text.length();
    }

    boolean blank() {
        for (var i = 0; i < bare.length(); i++) {
            if (!Wordings.isSpace(bare.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The line with one level of quoting less. */
    String unquoted() {
        var stripped = text.stripLeading();
        if (!stripped.startsWith(">")) {
            return text;
        }
        return stripped.startsWith("> ") ? stripped.substring(2) : stripped.substring(1);
    }

    private static String bare(String line) {
        var at = 0;
        var marks = 0;
        while (at < line.length() && (line.charAt(at) == '>' || line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            marks += line.charAt(at) == '>' ? 1 : 0;
            at++;
        }
        return marks > 0 ? line.substring(at) : withoutName(line);
    }

    /** {@code Richard> like this}, as some programs on Usenet quote. */
    private static String withoutName(String line) {
        var at = 0;
        while (at < Math.min(line.length(), LONGEST_NAME) && Character.isLetter(line.charAt(at))) {
            at++;
        }
        var names = at > 0 && at < line.length() && line.charAt(at) == '>' && Character.isUpperCase(line.charAt(0));
        return names && (at + 1 == line.length() || line.charAt(at + 1) == ' ') ? line.substring(at + 1) : line;
    }

    private static boolean endsLikeAnIntroduction(List<Line> lines) {
        for (var at = lines.size() - 1; at >= Math.max(0, lines.size() - 2); at--) {
            if (!lines.get(at).blank()) {
                var text = lines.get(at).text().stripTrailing();
                return text.endsWith(":") || text.endsWith(">");
            }
        }
        return false;
    }
}
