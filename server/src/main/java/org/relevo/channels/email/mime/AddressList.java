package org.relevo.channels.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mailboxes of an address field (RFC 5322, 3.4 and 4.4; RFC 6532), read in one pass whatever is wrong with it: unclosed
 * quotes, comments and brackets, missing commas, semicolons for commas, groups, routes. What cannot be written to is left out.
 */
final class AddressList {

    private static final int MOST = 1_000;
    private static final int LONGEST_ADDRESS = 254; // RFC 5321, 4.5.3.1.3
    private static final int LONGEST_NAME = 200;

    private static final Pattern STRAY = Pattern.compile("@[^\\s>]{1,200}>\\s{0,20}[,;]");

    private final String text;
    private final int lastQuote;
    private final List<ParsedMail.Address> found = new ArrayList<>();
    private final List<ParsedMail.Address> members = new ArrayList<>();
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private final StringBuilder angle = new StringBuilder();
    private boolean angled;
    private boolean grouped;
    private boolean commentsClose = true;
    private int at;

    private AddressList(String text) {
        this.text = text;
        this.lastQuote = text.lastIndexOf('"');
    }

    static List<ParsedMail.Address> of(String field) {
        var given = new AddressList(field).read();
        if (!given.isEmpty() || !field.contains("=?")) {
            return given;
        }
        return new AddressList(EncodedWords.oneLine(field)).read(); // the whole field was encoded, which it may not be
    }

    /** The mailboxes of a From field. Members of a group come last: they are not who wrote. */
    static List<ParsedMail.Address> authors(String field) {
        var list = new AddressList(field);
        var all = list.read();
        if (all.isEmpty()) {
            return of(field);
        }
        return Stream.concat(all.stream().filter(address -> !list.members.contains(address)), list.members.stream())
                .toList();
    }

    private List<ParsedMail.Address> read() {
        while (at < text.length() && found.size() < MOST) {
            var letter = text.charAt(at);
            switch (letter) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> {
                    at++;
                    mailbox();
                    grouped &= letter == ',';
                }
                case ':' -> colon();
                default -> {
                    phrase.append(letter);
                    at++;
                }
            }
        }
        mailbox();
        return found;
    }

    private void quoted() {
        if (at >= lastQuote) { // nothing closes it
            at++;
            return;
        }
        var words = new StringBuilder();
        var end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            if (text.charAt(end) == '\\' && end + 1 < text.length()) {
                end++;
            }
            words.append(text.charAt(end++));
        }
        if (STRAY.matcher(words).find()) { // it opened in one mailbox and closes in another
            at++;
            return;
        }
        at = end + 1;
        if (at < text.length() && text.charAt(at) == '@') { // a quoted local part
            phrase.append('"').append(words).append('"');
        } else {
            phrase.append(words.toString().replace('@', '\uE000')); // a name, whatever it looks like
        }
    }

    private void comment() {
        var depth = 0;
        for (int end = at; commentsClose && end < text.length(); end++) {
            var letter = text.charAt(end);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            end += letter == '\\' ? 1 : 0;
            if (depth == 0) {
                comment.append(comment.isEmpty() ? "" : " ").append(text, at + 1, Math.min(end, text.length()));
                at = end + 1;
                return;
            }
        }
        commentsClose = false;
        at++;
    }

    private void angle() {
        var end = at + 1;
        while (end < text.length() && text.charAt(end) == '<') {
            end++;
        }
        var start = end;
        var quoted = false;
        var route = end < text.length() && text.charAt(end) == '@';
        while (end < text.length() && (quoted || !endsAngle(text.charAt(end), route))) {
            quoted ^= text.charAt(end) == '"' && (quoted || end < lastQuote);
            end++;
        }
        if (!angled || valid(angle.toString()).isEmpty()) {
            angle.setLength(0);
            angle.append(text, start, end);
        }
        angled = true;
        at = end;
        while (at < text.length() && text.charAt(at) == '>') {
            at++;
        }
        if (at < text.length() && follows()) {
            mailbox(); // no comma between two mailboxes
        }
    }

    private static boolean endsAngle(char letter, boolean route) {
        return letter == '>' || letter == '<' || letter == ';' || letter == ',' && !route;
    }

    /** Whether a further mailbox begins here without a comma: another bracket comes before the next comma. */
    private boolean follows() {
        for (int next = at; next < text.length() && next < at + 200; next++) {
            var letter = text.charAt(next);
            if (letter == ',' || letter == ';') {
                return false;
            }
            if (letter == '<') {
                return true;
            }
        }
        return false;
    }

    /** The name of a group ends here, unless this is a part of an address or a scheme. */
    private void colon() {
        at++;
        if (phrase.indexOf("@") < 0 && !angled) {
            phrase.setLength(0);
            comment.setLength(0);
            grouped = true;
        } else {
            phrase.append(':');
        }
    }

    private void mailbox() {
        var bare = phrase.toString();
        if (angled) {
            valid(angle.toString())
                    .or(() -> last(addresses(bare)))
                    .ifPresent(address -> add(bare.isBlank() ? comment.toString() : bare, address));
        } else if (bare.indexOf('@') >= 0) {
            addresses(bare).forEach(address -> add(comment.isEmpty() ? before(bare) : comment.toString(), address));
        }
        phrase.setLength(0);
        comment.setLength(0);
        angle.setLength(0);
        angled = false;
    }

    private static Optional<String> last(List<String> addresses) {
        return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.getLast());
    }

    private static String before(String words) {
        var sign = words.indexOf('@');
        var space = words.lastIndexOf(' ', sign);
        return space < 0 ? "" : words.substring(0, space);
    }

    /** The addresses among words without brackets; white space around their signs does not count (RFC 5322, 4.4). */
    private List<String> addresses(String words) {
        var valid = new ArrayList<String>();
        for (var word : close(words).split("\\s+")) {
            valid(word).ifPresent(valid::add);
            if (valid.size() == MOST) {
                break;
            }
        }
        return valid;
    }

    private static String close(String words) {
        var closed = new StringBuilder(words.length());
        var afterSign = false;
        for (int i = 0; i < words.length(); i++) {
            var letter = words.charAt(i);
            if (!Character.isWhitespace(letter)) {
                afterSign = letter == '@' || afterSign;
                closed.append(letter);
                continue;
            }
            var next = i;
            while (next < words.length() && Character.isWhitespace(words.charAt(next))) {
                next++;
            }
            var before = closed.isEmpty() ? ' ' : closed.charAt(closed.length() - 1);
            var after = next < words.length() ? words.charAt(next) : ' ';
            var glued = before == '@' || after == '@' || afterSign && (before == '.' || after == '.');
            if (!glued) {
                closed.append(' ');
                afterSign = false;
            }
            i = next - 1;
        }
        return closed.toString();
    }

    private void add(String words, String address) {
        if (found.size() < MOST) {
            var mailbox = new ParsedMail.Address(name(words), address);
            found.add(mailbox);
            if (grouped) {
                members.add(mailbox);
            }
        }
    }

    private String name(String words) {
        var name = EncodedWords.oneLine(words.replace('\uE000', '@').replace("\"", " "));
        var bare = name.startsWith("'") && name.endsWith("'") && name.length() > 1
                ? name.substring(1, name.length() - 1)
                : name;
        return bare.length() <= LONGEST_NAME ? bare : Charsets.clean(bare.substring(0, LONGEST_NAME)) + "…";
    }

    /** What can be written to, in lower case. */
    private static Optional<String> valid(String written) {
        var address = written.strip();
        if (address.length() > 2 * LONGEST_ADDRESS) {
            return Optional.empty();
        }
        address = address.replaceAll("\\(.{0,100}?\\)|[\\s\\p{Cc}\uFEFF\u200B]+", "");
        address = address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address;
        address = address.startsWith("@") ? address.substring(address.lastIndexOf(':') + 1) : address; // a route
        address = address.replaceAll("^'+|'+$|[.>]+$", "");
        var sign = address.lastIndexOf('@');
        if (sign <= 0 || address.length() > LONGEST_ADDRESS) {
            return Optional.empty();
        }
        var local = address.substring(0, sign);
        var domain = address.substring(sign + 1);
        return isLocal(local) && isDomain(domain)
                ? Optional.of(Charsets.clean(address).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static boolean isLocal(String local) {
        if (local.length() > 2 && local.startsWith("\"") && local.endsWith("\"")) {
            return true;
        }
        return local.chars().noneMatch(letter -> "@\"<>()[]:;,\\\uE000".indexOf(letter) >= 0);
    }

    private static boolean isDomain(String domain) {
        if (domain.startsWith("[") && domain.endsWith("]")) {
            return domain.matches("\\[[\\w.:-]+]");
        }
        return !domain.isEmpty()
                && !domain.startsWith(".")
                && !domain.startsWith("-")
                && !domain.contains("..")
                && domain.chars()
                        .allMatch(letter ->
                                Character.isLetterOrDigit(letter) || ".-_".indexOf(letter) >= 0 || letter > 127);
    }
}
