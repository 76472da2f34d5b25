package org.relevo.channels.email.quoting;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says of every line whether it was written now, is quoted, or belongs to a signature. An answer that is interleaved with
 * the quote is left together with it; if nothing would be left, everything is.
 */
final class Division {

    private static final int LONGEST_SIGNATURE = 40;
    private static final int LONGEST_AFTERTHOUGHT = 4;
    private static final int FEWEST_WORDS_OF_A_STATEMENT = 4;
    private static final int FEWEST_CHARACTERS_OF_A_RULE = 3;
    private static final int SHORTEST_WRAPPED_LINE = 60;

    /** Who says them above a quote answers in it. */
    private static final List<String> POINTERS = List.of(
            "abajo",
            "debajo",
            "below",
            "inline",
            "líneas",
            "intercalado",
            "abaixo",
            "dessous",
            "ci-dessous",
            "sotto",
            "unten",
            "hieronder",
            "onder",
            "avall",
            "baix",
            "sota",
            "poniżej");

    /** What a line is. */
    enum Part {
        REPLY,
        QUOTED,
        SIGNATURE
    }

    private enum Kind {
        EMPTY,
        TEXT,
        QUOTE,
        /** "On …, … wrote:" above a quote. */
        INTRODUCTION,
        /** The same above a text that is not marked as quoted. */
        BARE_INTRODUCTION,
        /** "Forwarded message" with its header. */
        FORWARDED,
        /** Everything below is history. */
        HISTORY,
        RULE,
        DASHES,
        FOOTER
    }

    private final List<Line> lines;
    private final Kind[] kinds;
    private final Part[] parts;
    private int start;
    private int end;

    private Division(List<Line> lines) {
        this.lines = lines;
        this.kinds = new Kind[lines.size()];
        this.parts = new Part[lines.size()];
        this.end = lines.size();
        Arrays.fill(parts, Part.REPLY);
    }

    static Division of(List<Line> lines) {
        var division = new Division(lines);
        division.name();
        division.cut();
        if (division.replyIsEmpty()) {
            Arrays.fill(division.parts, Part.REPLY);
        }
        return division;
    }

    boolean cutsAnything() {
        return Arrays.stream(parts).anyMatch(part -> part != Part.REPLY);
    }

    boolean keeps(int line) {
        return parts[line] == Part.REPLY;
    }

    /** The lines of {@code part}, without the empty ones around them. */
    String text(Part part) {
        var text = IntStream.range(0, lines.size())
                .filter(at -> parts[at] == part)
                .mapToObj(at -> lines.get(at).text())
                .collect(Collectors.joining("\n"));
        return withoutEmptyLinesAround(text);
    }

    private static String withoutEmptyLinesAround(String text) {
        var begin = 0;
        for (var at = 0; at < text.length() && Wordings.isSpace(text.charAt(at)); at++) {
            if (text.charAt(at) == '\n') {
                begin = at + 1;
            }
        }
        var finish = text.length();
        while (finish > begin && Wordings.isSpace(text.charAt(finish - 1))) {
            finish--;
        }
        return text.substring(begin, finish);
    }

    // What each line is

    private void name() {
        var at = 0;
        while (at < kinds.length) {
            at += name(at);
        }
        for (var line = 1; line + 1 < kinds.length; line++) {
            if (isWrappedQuote(line)) {
                kinds[line] = Kind.QUOTE;
            }
        }
    }

    private int name(int at) {
        var line = lines.get(at);
        if (line.quoted()) {
            return set(at, 1, Kind.QUOTE);
        }
        if (line.hint() == Line.Hint.SIGNATURE) {
            return set(at, 1, line.blank() ? Kind.EMPTY : Kind.FOOTER);
        }
        var separator = line.blank() ? null : Separator.at(lines, at).orElse(null);
        if (separator != null) {
            return set(at, 1 + header(at + 1), separator.forwards() ? Kind.FORWARDED : Kind.HISTORY);
        }
        if (line.hint() == Line.Hint.HISTORY) {
            return set(at, 1, Kind.HISTORY);
        }
        if (line.blank()) {
            return set(at, 1, Kind.EMPTY);
        }
        var header = HeaderBlock.at(lines, at, at > 0 && kinds[at - 1] == Kind.RULE && longEnough(at - 1, 10));
        if (header.isPresent()) {
            return set(at, header.get().lines(), Kind.HISTORY);
        }
        return nameText(at, line);
    }

    /** How many lines of a header follow, at once or after an empty line. */
    private int header(int from) {
        for (var at = from; at < Math.min(lines.size(), from + 3); at++) {
            if (!lines.get(at).blank()) {
                var skipped = at - from;
                return lines.get(at).quoted()
                        ? 0
                        : HeaderBlock.at(lines, at, true)
                                .map(header -> skipped + header.lines())
                                .orElse(0);
            }
        }
        return 0;
    }

    private int nameText(int at, Line line) {
        var stripped = line.text().strip();
        if (stripped.equals("--")) {
            return set(at, 1, Kind.DASHES);
        }
        if (Separator.isRule(line.text())) {
            return set(at, 1, Kind.RULE);
        }
        var below = at > 0 && kinds[at - 1] == Kind.FOOTER && Footer.isLink(line.text());
        if (below || Footer.is(line.text())) {
            return set(at, 1, Kind.FOOTER);
        }
        var introduction = Introduction.at(lines, at).orElse(null);
        if (introduction != null) {
            var quoteFollows = quoteFollows(at + introduction.lines());
            if (introduction.sure() || quoteFollows) {
                return set(at, introduction.lines(), quoteFollows ? Kind.INTRODUCTION : Kind.BARE_INTRODUCTION);
            }
        }
        if (line.hint() == Line.Hint.INTRODUCTION) {
            return set(at, 1, Kind.INTRODUCTION);
        }
        return set(at, 1, Kind.TEXT);
    }

    private int set(int from, int lines, Kind kind) {
        Arrays.fill(kinds, from, Math.min(kinds.length, from + lines), kind);
        return lines;
    }

    private boolean quoteFollows(int from) {
        for (var at = from; at < Math.min(lines.size(), from + 4); at++) {
            if (lines.get(at).quoted()) {
                return true;
            }
            if (!lines.get(at).blank()) {
                return false;
            }
        }
        return false;
    }

    /** A quoted line that was too long: its rest stands, unmarked, between quoted lines. */
    private boolean isWrappedQuote(int at) {
        return kinds[at] == Kind.TEXT
                && kinds[at - 1] == Kind.QUOTE
                && kinds[at + 1] == Kind.QUOTE
                && lines.get(at - 1).text().length() >= SHORTEST_WRAPPED_LINE
                && Character.isLowerCase(lines.get(at).text().strip().codePointAt(0));
    }

    private boolean longEnough(int rule, int fewest) {
        return lines.get(rule).text().strip().length() >= fewest;
    }

    // What is kept

    private void cut() {
        cutAtOurMarker();
        cutHistory();
        cutAfterQuotes();
        cutQuotes();
        cutSignature();
    }

    private void cutAtOurMarker() {
        for (var at = 0; at < end; at++) {
            if (kinds[at] != Kind.EMPTY && isOurMarker(lines.get(at))) {
                give(at, Part.QUOTED);
                return;
            }
        }
    }

    private static boolean isOurMarker(Line line) {
        var bare = line.bare().strip();
        return bare.length() < 120
                && (bare.startsWith("--") || bare.startsWith("##") || bare.startsWith("==") || bare.startsWith("—"))
                && Wordings.containsMarker(bare);
    }

    /** Cuts at the first history that is not marked line by line; one above which nothing stands is only unwrapped. */
    private void cutHistory() {
        for (var at = start; at < end; at++) {
            var kind = kinds[at];
            if (kind != Kind.HISTORY && kind != Kind.FORWARDED && kind != Kind.BARE_INTRODUCTION) {
                continue;
            }
            if (saysSomething(start, at)) {
                give(at, Part.QUOTED);
                return;
            }
            if (kind == Kind.HISTORY) {
                return;
            }
            while (at + 1 < end && kinds[at + 1] == kind) {
                at++;
            }
            Arrays.fill(parts, start, at + 1, Part.QUOTED);
            start = at + 1;
        }
    }

    /** What stands below the last quote, under dashes or a rule, is the foot of the mail. */
    private void cutAfterQuotes() {
        var last = last(Kind.QUOTE);
        if (last < 0) {
            return;
        }
        for (var at = last + 1; at < end; at++) {
            var rule = kinds[at] == Kind.RULE && longEnough(at, FEWEST_CHARACTERS_OF_A_RULE);
            if (kinds[at] == Kind.DASHES || rule) {
                give(at, Part.SIGNATURE);
            }
        }
        cutFooters();
    }

    private void cutQuotes() {
        var first = firstOfQuote();
        if (first < 0) {
            return;
        }
        var last = last(Kind.QUOTE);
        var above = saysSomething(start, first);
        if (!saysSomething(first, end)) {
            if (!isAnnounced(first)) {
                give(first, Part.QUOTED);
            }
            return;
        }
        var introduced = kinds[first] == Kind.INTRODUCTION;
        var interrupted = saysSomething(first, last);
        if (!above && introduced && !interrupted) {
            Arrays.fill(parts, start, last + 1, Part.QUOTED);
            start = last + 1;
        } else if (above && !interrupted && introduced && isAfterthought(first, last)) {
            give(first, Part.QUOTED);
        } else if (above || introduced) {
            keepInterleaved(first, above);
        }
    }

    /** "This is what they told me:" above a quote that no program introduces: it is part of the answer. */
    private boolean isAnnounced(int first) {
        var above = first - 1;
        while (above >= start && above >= first - 2 && kinds[above] == Kind.EMPTY) {
            above--;
        }
        if (kinds[first] != Kind.QUOTE || above < start || kinds[above] != Kind.TEXT) {
            return false;
        }
        var quote = lines.get(first).bare();
        return lines.get(above).text().stripTrailing().endsWith(":")
                && Wordings.words(lines.get(above).text()).size() >= FEWEST_WORDS_OF_A_STATEMENT
                && !Moment.in(quote.substring(0, Math.min(quote.length(), 200))).date()
                && HeaderBlock.field(quote).isEmpty();
    }

    /** Keeps the answers and the quotes that they answer; a line that introduces only if the answer begins with it. */
    private void keepInterleaved(int first, boolean above) {
        var lastText = end - 1;
        while (kinds[lastText] != Kind.TEXT) {
            lastText--;
        }
        if (last(Kind.QUOTE) > lastText) {
            give(lastText + 1, Part.QUOTED);
        }
        for (var at = first; at < end; at++) {
            if (kinds[at] == Kind.INTRODUCTION && (above || at > first && kinds[at - 1] != Kind.INTRODUCTION)) {
                parts[at] = Part.QUOTED;
            }
        }
    }

    /**
     * Whether the few lines below the quote are a signature without dashes: what was said stands above, they are set off,
     * and the quote asked nothing that they could answer.
     */
    private boolean isAfterthought(int first, int last) {
        var below = IntStream.range(last + 1, end)
                .filter(at -> kinds[at] == Kind.TEXT)
                .count();
        return below <= LONGEST_AFTERTHOUGHT
                && last + 1 < end
                && kinds[last + 1] == Kind.EMPTY
                && isStatement(first)
                && IntStream.rangeClosed(first, last)
                        .noneMatch(at -> asks(lines.get(at).text()));
    }

    private static boolean asks(String text) {
        return text.indexOf('?') >= 0 || text.indexOf('？') >= 0 || text.indexOf(';') >= 0;
    }

    private boolean isStatement(int before) {
        var at = before - 1;
        while (kinds[at] != Kind.TEXT) {
            at--;
        }
        var text = lines.get(at).text().strip();
        return !text.endsWith(":")
                && !text.endsWith(",")
                && Wordings.words(text).size() >= FEWEST_WORDS_OF_A_STATEMENT
                && POINTERS.stream().noneMatch(Wordings.words(text)::contains);
    }

    private void cutSignature() {
        var from = Math.max(start, end - LONGEST_SIGNATURE);
        for (var at = from; at < end; at++) {
            if (at > start && isSignatureMark(at) && saysSomething(start, at) && noQuoteIn(at, end)) {
                give(at, Part.SIGNATURE);
            }
        }
        cutFooters();
    }

    /** "-- " (RFC 3676, section 4.3); without its space it must be set off, for people separate with it too. */
    private boolean isSignatureMark(int at) {
        return kinds[at] == Kind.DASHES
                && (lines.get(at).text().endsWith("-- ") || kinds[at - 1] == Kind.EMPTY || kinds[at - 1] == Kind.RULE);
    }

    private boolean noQuoteIn(int from, int to) {
        return IntStream.range(from, to).noneMatch(at -> kinds[at] == Kind.QUOTE);
    }

    private void cutFooters() {
        var at = end;
        while (at > start && isFoot(kinds[at - 1])) {
            at--;
        }
        give(at, Part.SIGNATURE);
    }

    private static boolean isFoot(Kind kind) {
        return kind == Kind.FOOTER || kind == Kind.EMPTY || kind == Kind.RULE || kind == Kind.DASHES;
    }

    /** Everything from {@code from} on, with the rules that stand directly above. */
    private void give(int from, Part part) {
        var at = from;
        while (at > start && (kinds[at - 1] == Kind.EMPTY || kinds[at - 1] == Kind.RULE)) {
            at--;
        }
        Arrays.fill(parts, at, end, part);
        end = at;
    }

    /** The first quoted line, or the line that introduces it; -1 if nothing is quoted. */
    private int firstOfQuote() {
        for (var at = start; at < end; at++) {
            if (kinds[at] == Kind.QUOTE || kinds[at] == Kind.INTRODUCTION) {
                return at;
            }
        }
        return -1;
    }

    private int last(Kind kind) {
        for (var at = end - 1; at >= start; at--) {
            if (kinds[at] == kind) {
                return at;
            }
        }
        return -1;
    }

    private boolean saysSomething(int from, int to) {
        for (var at = from; at < to; at++) {
            if (kinds[at] == Kind.TEXT) {
                return true;
            }
        }
        return false;
    }

    private boolean replyIsEmpty() {
        return IntStream.range(0, kinds.length)
                .noneMatch(at -> parts[at] == Part.REPLY && !lines.get(at).blank());
    }
}
