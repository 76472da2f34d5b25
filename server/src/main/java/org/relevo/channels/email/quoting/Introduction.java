package org.relevo.channels.email.quoting;

import java.util.List;
import java.util.Optional;

/**
 * The lines that introduce a quote: "On …, … wrote:", often broken over several lines.
 *
 * @param lines how many they are
 * @param sure false when it is one only if a quote follows
 * @param words in one line
 */
record Introduction(int lines, boolean sure, String words) {

    private static final int MOST_LINES = 6;
    private static final int LONGEST_LINE = 400;
    private static final int LONGEST = 500;
    private static final int MOST_WORDS_OF_A_NAME = 8;

    /** The introduction that begins with line {@code at}; if a later line begins a better one, none. */
    static Optional<Introduction> at(List<Line> lines, int at) {
        if (lines.get(at).quoted()) {
            return Optional.empty();
        }
        var inside = before(lines.get(at).text());
        if (inside.isPresent()) {
            return inside;
        }
        var found = joined(lines, at).flatMap(words -> of(words.text(), words.lines()));
        for (var later = at + 1; found.isPresent() && later < at + found.get().lines(); later++) {
            var end = at + found.get().lines();
            var nearer = joined(lines, later, end).flatMap(words -> of(words.text(), words.lines()));
            if (nearer.isPresent()
                    && Moment.in(nearer.get().words()).date()
                    && begins(nearer.get().words())) {
                return Optional.empty();
            }
        }
        return found;
    }

    /** The introduction of a quote that follows on the same line, as Yahoo for Android writes it. */
    private static Optional<Introduction> before(String line) {
        var address = line.lastIndexOf('>', LONGEST_LINE);
        var colon = address < 0 ? -1 : line.indexOf(':', address);
        return colon < 0 || colon > LONGEST_LINE || !line.startsWith(":  ", colon) || line.length() - colon < 4
                ? Optional.empty()
                : of(line.substring(0, colon + 1), 1).filter(Introduction::sure);
    }

    private record Joined(String text, int lines) {}

    /** The shortest run of lines from {@code at} that is an introduction. */
    private static Optional<Joined> joined(List<Line> lines, int at) {
        for (var end = at + 1; end <= Math.min(lines.size(), at + MOST_LINES); end++) {
            var joined = joined(lines, at, end);
            if (joined.isEmpty()) {
                return Optional.empty();
            }
            if (of(joined.get().text(), joined.get().lines()).isPresent()) {
                return joined;
            }
        }
        return Optional.empty();
    }

    private static Optional<Joined> joined(List<Line> lines, int from, int to) {
        var text = new StringBuilder();
        for (var at = from; at < to; at++) {
            var line = lines.get(at);
            if (line.text().length() > LONGEST_LINE || (at > from && endsASentence(text))) {
                return Optional.empty();
            }
            var tail = line.quoted() && isOpen(text);
            if (line.blank() && !line.quoted() && !mayBeSkipped(lines, at, from)) {
                return Optional.empty();
            }
            if (line.quoted() && !tail) {
                return Optional.empty();
            }
            text.append(text.isEmpty() ? "" : " ").append(line.text().strip());
        }
        return text.length() > LONGEST ? Optional.empty() : Optional.of(new Joined(text.toString(), to - from));
    }

    /** Some programs leave an empty line before the address. */
    private static boolean mayBeSkipped(List<Line> lines, int at, int from) {
        return at > from
                && at + 1 < lines.size()
                && lines.get(at + 1).text().stripLeading().startsWith("<");
    }

    private static boolean isOpen(CharSequence text) {
        return text.chars().filter(c -> c == '<').count()
                > text.chars().filter(c -> c == '>').count();
    }

    private static boolean endsASentence(CharSequence text) {
        var last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if (last == '!' || last == '?' || last == ':') {
            return true;
        }
        var start = text.toString().lastIndexOf(' ') + 1;
        var word = text.subSequence(start, text.length()).toString();
        return last == '.' && word.length() > 6 && word.chars().noneMatch(Character::isDigit);
    }

    private static Optional<Introduction> of(String text, int lines) {
        var line = withoutFrame(text);
        var colon = line.endsWith(":") || line.endsWith("：");
        var framed = line.length() < text.strip().length() - 4;
        if (line.isEmpty() || (!colon && !framed && !mayEndWithoutColon(line))) {
            return Optional.empty();
        }
        var words = Wordings.words(line);
        var figures = Moment.in(line);
        var address = line.indexOf('@') > 0;
        if (!Wordings.containsVerb(words)) {
            return withoutVerb(line, lines, colon, figures, address);
        }
        var atEnd = Wordings.endsWithVerb(words);
        if (address && figures.date() && (colon || atEnd)) {
            return Optional.of(new Introduction(lines, true, line));
        }
        if (address && atEnd && colon && line.indexOf('<') >= 0) {
            return Optional.of(new Introduction(lines, true, line));
        }
        if (figures.date() && (colon || framed)) {
            return Optional.of(new Introduction(lines, atEnd && namesItsAuthor(line, figures), line));
        }
        var name = atEnd && colon && words.size() <= MOST_WORDS_OF_A_NAME;
        return name ? Optional.of(new Introduction(lines, false, line)) : Optional.empty();
    }

    /** "2016-03-03 17:21 GMT+01:00 Some One", and any language's "… &lt;…&gt;:" if a quote follows. */
    private static Optional<Introduction> withoutVerb(
            String line, int lines, boolean colon, Moment.Figures figures, boolean address) {
        var dated = Character.isDigit(line.charAt(0)) && figures.date() && figures.year();
        if (dated && (line.contains(" GMT+") || line.contains(" GMT-"))) {
            return Optional.of(new Introduction(lines, true, line));
        }
        if (dated && address && (line.endsWith(">") || line.endsWith(">:"))) {
            return Optional.of(new Introduction(lines, colon, line));
        }
        var named = line.endsWith(">:") && Wordings.words(line).size() <= MOST_WORDS_OF_A_NAME;
        var any = colon && address && (figures.date() || named);
        return any ? Optional.of(new Introduction(lines, false, line)) : Optional.empty();
    }

    /** Whether it reads "…2026, 9:15, Somebody wrote:", as programs write and people do not. */
    private static boolean namesItsAuthor(String line, Moment.Figures figures) {
        var comma = line.lastIndexOf(',');
        return figures.year()
                && figures.time()
                && comma > 0
                && Wordings.beginsLikeAnIntroduction(Wordings.words(line))
                && line.substring(comma).chars().noneMatch(Character::isDigit);
    }

    private static boolean begins(String line) {
        return Character.isDigit(line.charAt(0)) || Wordings.beginsLikeAnIntroduction(Wordings.words(line));
    }

    private static boolean mayEndWithoutColon(String line) {
        return Character.isDigit(line.charAt(0))
                || (line.indexOf('@') > 0 && Wordings.endsWithVerb(Wordings.words(line)));
    }

    /** "---- On … wrote ----" and "*On … wrote:*" without their frames. */
    private static String withoutFrame(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && isFrame(text.charAt(from))) {
            from++;
        }
        while (to > from && isFrame(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isFrame(char c) {
        return c == '-' || c == '*' || c == '_' || Wordings.isSpace(c);
    }
}
