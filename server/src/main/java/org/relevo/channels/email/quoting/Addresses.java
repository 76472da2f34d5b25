package org.relevo.channels.email.quoting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relevo.channels.email.mime.ParsedMail.Address;

/** Reads the addresses of a header line that was written for people: commas in names, links after them, names alone. */
final class Addresses {

    private static final int LONGEST = 20_000;
    private static final String NOT_IN_AN_ADDRESS = "<>[](),;:\"'";

    private final List<Address> found = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();

    private Addresses() {}

    static List<Address> in(String value) {
        var addresses = new Addresses();
        addresses.read(withoutLinks(value.length() > LONGEST ? value.substring(0, LONGEST) : value));
        return List.copyOf(addresses.found);
    }

    private void read(String value) {
        var at = 0;
        while (at < value.length()) {
            var c = value.charAt(at);
            var close = c == '<'
                    ? value.indexOf('>', at)
                    : c == '[' ? value.indexOf(']', at) : c == '(' ? value.indexOf(')', at) : -1;
            var inside = close < 0
                    ? ""
                    : withoutScheme(value.substring(at + 1, close).strip());
            if (isAddress(inside)) {
                add(inside);
                at = close + 1;
            } else if (c == ';') {
                addNames();
                at++;
            } else {
                name.append(c);
                at++;
            }
        }
        addNames();
    }

    /** Takes the address with the name before it; bare addresses in that name stand for themselves. */
    private void add(String address) {
        var before = name.toString();
        name.setLength(0);
        var cut = before.lastIndexOf(',');
        var last = before.substring(cut + 1);
        if (cut >= 0 && before.substring(0, cut).indexOf('@') >= 0) {
            addEach(before.substring(0, cut));
            before = last;
        }
        found.add(new Address(clean(before, address), address.toLowerCase(Locale.ROOT)));
    }

    private void addNames() {
        var rest = name.toString();
        name.setLength(0);
        if (found.isEmpty() || !isRemark(rest)) {
            addEach(rest);
        }
    }

    /** "on behalf of …" after the address is no name. */
    private static boolean isRemark(String rest) {
        return rest.startsWith(" ") && rest.stripLeading().startsWith("on behalf");
    }

    private void addEach(String rest) {
        for (var part : rest.split(",")) {
            var address = bareAddress(part);
            var words = clean(part, address);
            if (!address.isEmpty()) {
                found.add(new Address("", address.toLowerCase(Locale.ROOT)));
            } else if (!words.isEmpty()) {
                found.add(new Address(words, ""));
            }
        }
    }

    private static String bareAddress(String part) {
        for (var word : part.strip().split("\\s+")) {
            var bare = clean(word, "");
            if (isAddress(bare)) {
                return bare;
            }
        }
        return "";
    }

    private static boolean isAddress(String text) {
        var at = text.indexOf('@');
        return at > 0
                && at < text.length() - 1
                && at == text.lastIndexOf('@')
                && text.chars().noneMatch(c -> Wordings.isSpace((char) c) || NOT_IN_AN_ADDRESS.indexOf(c) >= 0);
    }

    private static String withoutScheme(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("mailto:") ? text.substring("mailto:".length()) : text;
    }

    private static String clean(String name, String address) {
        var from = 0;
        var to = name.length();
        while (from < to && (Wordings.isSpace(name.charAt(from)) || ",;\"'“”*".indexOf(name.charAt(from)) >= 0)) {
            from++;
        }
        while (to > from && (Wordings.isSpace(name.charAt(to - 1)) || ",;\"'“”*".indexOf(name.charAt(to - 1)) >= 0)) {
            to--;
        }
        var cleaned = name.substring(from, to);
        return cleaned.equalsIgnoreCase(address) ? "" : cleaned;
    }

    /** "ana@x.es&lt;mailto:ana@x.es&gt;" without the link. */
    private static String withoutLinks(String value) {
        var text = new StringBuilder();
        var at = 0;
        while (at < value.length()) {
            var close = value.startsWith("<mailto:", at) ? value.indexOf('>', at) : -1;
            var link = close > 0
                    && !text.isEmpty()
                    && !Character.isWhitespace(text.charAt(text.length() - 1))
                    && text.charAt(text.length() - 1) != ',';
            if (link) {
                at = close + 1;
            } else {
                text.append(value.charAt(at));
                at++;
            }
        }
        return text.toString();
    }
}
