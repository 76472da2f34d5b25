package org.relevo.channels.email.mime;

import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/**
 * What there is to read, as plain text and as HTML.
 *
 * @param plain empty when there is only HTML
 * @param html empty when there is only plain text
 */
record Words(String plain, String html) {

    static final int LONGEST = 1_000_000;
    static final Words NONE = new Words("", "");

    static Words plain(String text) {
        return new Words(cut(text), "");
    }

    static Words html(String html) {
        return new Words("", cut(html));
    }

    boolean isEmpty() {
        return plain.isBlank() && html.isBlank();
    }

    /** Whether there was more than is kept. */
    boolean isCut() {
        return plain.length() > LONGEST || html.length() > LONGEST;
    }

    /** The plain text; that of the HTML where there is none. */
    String text() {
        return plain.isBlank() && !html.isBlank() ? HtmlText.of(html) : plain;
    }

    private String formatted() {
        return html.isBlank() ? Entities.escape(plain).replace("\n", "<br>") : html;
    }

    /** One after the other. */
    static Words joined(List<Words> all) {
        var said = all.stream().filter(words -> !words.isEmpty()).toList();
        if (said.size() <= 1) {
            return said.isEmpty() ? NONE : said.getFirst();
        }
        if (said.stream().allMatch(words -> words.html.isBlank())) {
            return plain(said.stream().map(Words::plain).collect(Collectors.joining("\n\n")));
        }
        return new Words(
                cut(said.stream().map(words -> words.text().strip()).collect(Collectors.joining("\n\n"))),
                cut(said.stream().map(Words::formatted).collect(Collectors.joining("<br><br>"))));
    }

    /** Forms of the same, the plainest first (RFC 2046, 5.1.4): the plain one to read, the richest to look at. */
    static Words oneOf(List<Words> forms) {
        var plain =
                forms.stream().map(Words::plain).filter(text -> !text.isBlank()).findFirst();
        var html = forms.reversed().stream()
                .map(Words::html)
                .filter(text -> !text.isBlank())
                .findFirst();
        return new Words(plain.orElse(""), html.orElse(""));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : Charsets.clean(text.substring(0, LONGEST)) + "\n…";
    }
}
