package org.relevo.channels.email.quoting;

import java.util.List;
import java.util.Optional;
import org.relevo.channels.email.quoting.Wordings.Kind;

/**
 * The line "-----Original Message-----" or "---------- Forwarded message ---------".
 *
 * @param forwards whether it says that somebody passes the mail on
 * @param rest what follows on the same line: Yahoo writes the whole header there
 */
record Separator(boolean forwards, String rest) {

    private static final int LONGEST_LINE = 4_000;
    private static final int LONGEST_NAME = 60;
    private static final int FEWEST_DASHES = 2;
    private static final int FEWEST_DASHES_OF_ANY_LANGUAGE = 4;

    static Optional<Separator> at(List<Line> lines, int at) {
        var line = lines.get(at).bare();
        if (line.length() > LONGEST_LINE || line.isBlank()) {
            return Optional.empty();
        }
        var stripped = line.strip().replace("*", "").replace("\ufeff", "").strip();
        var dashes = dashes(stripped, 0);
        return dashes >= FEWEST_DASHES ? framed(stripped, dashes, lines, at) : plain(stripped, lines, at);
    }

    /** A line of nothing but dashes, stars and the like. */
    static boolean isRule(String line) {
        var stripped = line.strip();
        return !stripped.isEmpty()
                && stripped.chars().allMatch(c -> "-_=+*#~—–─━᠆ᐧ".indexOf(c) >= 0 || Wordings.isSpace((char) c));
    }

    private static Optional<Separator> framed(String line, int dashes, List<Line> lines, int at) {
        var end = dashes;
        while (end < line.length() && !isDash(line.charAt(end)) && end - dashes < LONGEST_NAME) {
            end++;
        }
        while (end + 1 < line.length()
                && isDash(line.charAt(end))
                && !isDash(line.charAt(end + 1))
                && end - dashes < LONGEST_NAME) {
            end++; // a hyphen inside "E-mail"
            while (end < line.length() && !isDash(line.charAt(end)) && end - dashes < LONGEST_NAME) {
                end++;
            }
        }
        var name = line.substring(dashes, end).strip();
        var rest = line.substring(end + dashes(line, end)).strip();
        if (Wordings.is(Kind.FORWARDED, name) || Wordings.is(Kind.BEGIN, name)) {
            return Optional.of(new Separator(true, rest));
        }
        if (Wordings.is(Kind.ORIGINAL, name)) {
            return Optional.of(new Separator(false, rest));
        }
        var any = dashes >= FEWEST_DASHES_OF_ANY_LANGUAGE
                && dashes(line, end) >= FEWEST_DASHES_OF_ANY_LANGUAGE
                && name.chars().anyMatch(Character::isLetter)
                && (rest.isEmpty()
                        ? isFollowedByAField(lines, at)
                        : HeaderBlock.field(rest).isPresent());
        return any ? Optional.of(new Separator(true, rest)) : Optional.empty();
    }

    /** "Begin forwarded message:", if the header follows. */
    private static Optional<Separator> plain(String line, List<Line> lines, int at) {
        var colon = line.endsWith(":") || line.endsWith("：");
        return colon
                        && line.length() <= LONGEST_NAME
                        && Wordings.is(Kind.BEGIN, line.substring(0, line.length() - 1))
                        && isFollowedByAField(lines, at)
                ? Optional.of(new Separator(true, ""))
                : Optional.empty();
    }

    private static boolean isFollowedByAField(List<Line> lines, int at) {
        for (var next = at + 1; next < Math.min(lines.size(), at + 4); next++) {
            if (!lines.get(next).blank()) {
                return HeaderBlock.field(lines.get(next).bare()).isPresent();
            }
        }
        return false;
    }

    private static int dashes(String line, int from) {
        var at = from;
        while (at < line.length() && isDash(line.charAt(at))) {
            at++;
        }
        return at - from;
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '_' || c == '=' || c == '—' || c == '–';
    }
}
