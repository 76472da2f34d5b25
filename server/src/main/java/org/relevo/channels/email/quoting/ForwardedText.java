package org.relevo.channels.email.quoting;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relevo.channels.email.quoting.Wordings.Kind;

/** Finds where a mail begins to pass another on, and reads the header that is left of that one. */
final class ForwardedText {

    private static final int LONGEST_PREFIX = 16;

    private final List<Line> lines;

    private ForwardedText(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Where the forwarded mail begins.
     *
     * @param at the first line that is not of who forwarded
     * @param body the first line of the forwarded text
     */
    private record Begin(int at, int body, Map<Kind, String> fields, boolean says, boolean introduced) {}

    static Optional<ForwardedMail> in(String subject, List<Line> lines) {
        var forwarded = new ForwardedText(lines);
        var saysSo = isForward(subject);
        return forwarded.begin(saysSo, subject.isBlank()).map(forwarded::mail);
    }

    private static boolean isForward(String subject) {
        var colon = subject.indexOf(':');
        var wide = subject.indexOf('：');
        var end = colon < 0 ? wide : wide < 0 ? colon : Math.min(colon, wide);
        return end > 0
                && end <= LONGEST_PREFIX
                && Wordings.is(Kind.PREFIX, subject.substring(0, end).replace(".", ""));
    }

    /** The first mail below; an answer to a mail that was forwarded long ago forwards nothing. */
    private Optional<Begin> begin(boolean subjectSaysSo, boolean noSubject) {
        for (var at = 0; at < lines.size(); at++) {
            var found = block(at);
            if (found.isPresent() && (found.get().says() || subjectSaysSo || noSubject)) {
                return found;
            }
            var introduction = introduction(at);
            if (introduction.isPresent() && subjectSaysSo) {
                return introduction;
            }
            if (!noSubject && (found.isPresent() || introduction.isPresent())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Begin> block(int at) {
        var separator = lines.get(at).blank() ? Optional.<Separator>empty() : Separator.at(lines, at);
        if (separator.isEmpty()) {
            return HeaderBlock.at(lines, at, isRuleAbove(at))
                    .map(header -> new Begin(at, at + header.lines(), header.fields(), false, false));
        }
        var says = separator.get().forwards();
        if (!separator.get().rest().isEmpty()) {
            return Optional.of(new Begin(at, at + 1, inOneLine(separator.get().rest()), says, false));
        }
        var next = at + 1;
        while (next < lines.size() && lines.get(next).blank()) {
            next++;
        }
        var first = next;
        return next >= lines.size()
                ? Optional.empty()
                : HeaderBlock.at(lines, first, true)
                        .map(header -> new Begin(at, first + header.lines(), header.fields(), says, false));
    }

    private boolean isRuleAbove(int at) {
        return at > 0
                && Separator.isRule(lines.get(at - 1).bare())
                && lines.get(at - 1).bare().strip().length() >= 10;
    }

    /** "On …, … wrote:" of the old Outlook for the Mac. */
    private Optional<Begin> introduction(int at) {
        return lines.get(at).blank()
                ? Optional.empty()
                : Introduction.at(lines, at)
                        .filter(Introduction::sure)
                        .map(found -> new Begin(at, at + found.lines(), fields(found.words()), false, true));
    }

    private static Map<Kind, String> fields(String introduction) {
        var fields = new EnumMap<Kind, String>(Kind.class);
        var opening = introduction.startsWith("\ufeff") ? introduction.substring(1) : introduction;
        var figure = 0;
        while (figure < opening.length() && !Character.isDigit(opening.charAt(figure))) {
            figure++;
        }
        var name = endOfDate(opening, figure);
        fields.put(Kind.DATE, opening.substring(Math.min(figure, name), name).strip());
        var address = opening.indexOf('>');
        fields.put(Kind.FROM, author(opening, address >= 0 && address < figure ? 0 : name));
        return fields;
    }

    /** The name may follow the date ("9:15, Ana"), a verb ("9:15 schrieb Ana") or nothing at all. */
    private static String author(String introduction, int from) {
        var rest = introduction.substring(from);
        var address = rest.lastIndexOf('>');
        var named = address < 0 ? rest : rest.substring(0, address + 1);
        var opening = firstOf(named, "\"„“«");
        if (opening >= 0 && named.indexOf('<') > opening) {
            return named.substring(opening).replaceAll("[\"„“”«»]", "").strip();
        }
        var words = new ArrayList<>(List.of(named.strip().split(" ")));
        while (words.size() > 1 && (words.getFirst().isEmpty() || isFiller(words.getFirst()))) {
            words.removeFirst();
        }
        return String.join(" ", words);
    }

    private static int firstOf(String text, String characters) {
        for (var at = 0; at < text.length(); at++) {
            if (characters.indexOf(text.charAt(at)) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isFiller(String word) {
        var bare = Wordings.words(word);
        return bare.isEmpty() || Wordings.containsVerb(bare) || bare.equals(List.of("heeft"));
    }

    private static int endOfDate(String text, int from) {
        var end = from;
        var gap = 0;
        for (var at = from; at < text.length() && gap < 12 && "<\"«(".indexOf(text.charAt(at)) < 0; at++) {
            gap = Character.isDigit(text.charAt(at)) ? 0 : gap + 1;
            end = gap == 0 ? at + 1 : end;
        }
        return end;
    }

    /** "From: John &lt;…&gt;To: …Sent: …Subject: …", as Yahoo runs it together. */
    private static Map<Kind, String> inOneLine(String line) {
        var fields = new EnumMap<Kind, String>(Kind.class);
        Kind last = null;
        var begun = 0;
        for (var at = 0; at < line.length(); at++) {
            var colon = line.charAt(at) == ':' && (at + 1 == line.length() || line.charAt(at + 1) == ' ');
            var name = colon && !fields.containsKey(Kind.SUBJECT) && last != Kind.SUBJECT
                    ? nameBefore(line, begun, at)
                    : "";
            if (!name.isEmpty()) {
                var start = line.substring(0, at).stripTrailing().length() - name.length();
                if (last != null) {
                    fields.putIfAbsent(
                            last, line.substring(begun, Math.max(begun, start)).strip());
                }
                last = Wordings.field(name).orElseThrow();
                begun = at + 1;
            }
        }
        if (last != null) {
            fields.putIfAbsent(last, line.substring(begun).strip());
        }
        return fields;
    }

    /** The longest name of a field that ends before {@code colon} and begins a word or follows an address. */
    private static String nameBefore(String line, int from, int colon) {
        var end = line.substring(from, colon).stripTrailing().length() + from;
        for (var start = Math.max(from, end - 24); start < end; start++) {
            var name = line.substring(start, end);
            if (Character.isUpperCase(name.charAt(0)) && Wordings.field(name).isPresent()) {
                return name;
            }
        }
        return "";
    }

    private ForwardedMail mail(Begin begin) {
        var fields = begin.fields();
        return new ForwardedMail(
                Addresses.in(fields.getOrDefault(Kind.FROM, "")).stream()
                        .findFirst()
                        .orElse(null),
                Addresses.in(fields.getOrDefault(Kind.TO, "")),
                Addresses.in(fields.getOrDefault(Kind.CC, "")),
                fields.get(Kind.DATE),
                fields.get(Kind.SUBJECT),
                text(begin),
                before(begin));
    }

    private String before(Begin begin) {
        var end = begin.at();
        while (end > 0
                && (lines.get(end - 1).blank()
                        || Separator.isRule(lines.get(end - 1).text()))) {
            end--;
        }
        return lines.subList(0, end).stream()
                .map(Line::text)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private String text(Begin begin) {
        var body = lines.subList(begin.body(), lines.size());
        var quoted = lines.get(begin.body() - 1).quoted()
                || body.stream().filter(line -> !line.blank()).allMatch(Line::quoted);
        var text = body.stream()
                .map(line -> quoted ? line.unquoted() : line.text())
                .toList();
        var indent = begin.introduced() ? indent(text) : 0;
        return text.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent).stripTrailing())
                .collect(Collectors.joining("\n"))
                .replace("\ufeff", "")
                .strip();
    }

    private static int indent(List<String> text) {
        return text.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
    }
}
