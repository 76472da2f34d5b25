package org.relevo.channels.email.quoting;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relevo.channels.email.quoting.Wordings.Kind;

/**
 * The lines with a mail's author, recipients, date and subject that stand above it when it is quoted or forwarded.
 *
 * @param lines how many they are
 * @param fields what they say; the first of each kind counts
 */
record HeaderBlock(int lines, Map<Kind, String> fields) {

    private static final int LONGEST_NAME = 32;
    private static final int MOST_LINES = 40;
    private static final int MOST_LINES_OF_A_TEXT = 2;
    private static final int LONGEST_LINE = 4_000;

    /** A line of it. */
    record Field(Kind kind, String value) {}

    /** The block that begins with line {@code at}; {@code announced} if the line above says that a mail follows. */
    static Optional<HeaderBlock> at(List<Line> lines, int at, boolean announced) {
        if (field(lines.get(at).bare()).isEmpty()) {
            return Optional.empty();
        }
        var fields = new EnumMap<Kind, String>(Kind.class);
        var end = at;
        var next = at;
        while (next >= 0 && next < Math.min(lines.size(), at + MOST_LINES)) {
            var field = field(lines.get(next).bare());
            if (field.isEmpty()) {
                break;
            }
            if (field.get().kind() == Kind.FROM && fields.containsKey(Kind.FROM)) {
                break;
            }
            var following = nextField(lines, next + 1);
            var until = following < 0 ? endOfList(lines, next) : following;
            fields.putIfAbsent(field.get().kind(), value(lines, field.get(), next + 1, until));
            end = until;
            next = following;
        }
        return isOne(fields, announced) ? Optional.of(new HeaderBlock(end - at, fields)) : Optional.empty();
    }

    /** "From: …", "*From:* …", "De : …". */
    static Optional<Field> field(String line) {
        if (line.length() > LONGEST_LINE) {
            return Optional.empty();
        }
        for (var at = 0; at < Math.min(line.length(), LONGEST_NAME + 8); at++) {
            var c = line.charAt(at);
            if (c == ':' || c == '：') {
                var name = line.substring(0, at).replace("*", "").replace("_", "");
                return Wordings.field(name).map(kind -> new Field(kind, withoutStars(line, name.length(), c)));
            }
        }
        return Optional.empty();
    }

    private static String withoutStars(String line, int from, char colon) {
        var value = line.substring(line.indexOf(colon, from) + 1).strip();
        while (value.startsWith("*")) {
            value = value.substring(1).strip();
        }
        return value;
    }

    /** The line of the next field: at once, after an empty line, or after the folded rest of the last one; -1 for none. */
    private static int nextField(List<Line> lines, int from) {
        var texts = 0;
        for (var at = from; at < Math.min(lines.size(), from + MOST_LINES); at++) {
            var line = lines.get(at);
            if (field(line.bare()).isPresent()) {
                return at;
            }
            if (line.blank()
                    && (at > from
                            || at + 1 >= lines.size()
                            || field(lines.get(at + 1).bare()).isEmpty())) {
                return -1;
            }
            if (!line.blank() && line.bare().indexOf('@') < 0 && ++texts > MOST_LINES_OF_A_TEXT) {
                return -1;
            }
        }
        return -1;
    }

    /** A last field that ends in a comma goes on in the next line. */
    private static int endOfList(List<Line> lines, int at) {
        var end = at + 1;
        while (end < lines.size()
                && end < at + MOST_LINES
                && !lines.get(end).blank()
                && lines.get(end).bare().indexOf('@') > 0
                && goesOn(lines.get(end - 1).bare().stripTrailing())) {
            end++;
        }
        return end;
    }

    private static boolean goesOn(String line) {
        return line.endsWith(",") || line.endsWith(";") || line.endsWith("<");
    }

    private static String value(List<Line> lines, Field field, int from, int to) {
        var value = new StringBuilder(field.value());
        for (var at = from; at < to; at++) {
            value.append(' ').append(lines.get(at).bare().strip());
        }
        return value.toString().strip();
    }

    private static boolean isOne(Map<Kind, String> fields, boolean announced) {
        var address = List.of(Kind.FROM, Kind.TO, Kind.CC, Kind.REPLY).stream()
                .anyMatch(kind -> fields.getOrDefault(kind, "").indexOf('@') >= 0);
        var figures = Moment.in(fields.getOrDefault(Kind.DATE, ""));
        var dated = figures.date() && (figures.year() || figures.wholeDate());
        if (announced) {
            return fields.size() >= 2 && (fields.containsKey(Kind.FROM) || (dated && fields.containsKey(Kind.SUBJECT)));
        }
        if (!fields.containsKey(Kind.FROM)) {
            return fields.size() >= 3 && address && dated && fields.containsKey(Kind.SUBJECT);
        }
        var full = fields.size() >= 3 && (fields.containsKey(Kind.SUBJECT) || fields.containsKey(Kind.DATE));
        return (address && full) || (address && dated) || (full && dated && fields.containsKey(Kind.SUBJECT));
    }
}
