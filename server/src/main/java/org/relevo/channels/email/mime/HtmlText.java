package org.relevo.channels.email.mime;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The plain text of HTML, with the line breaks that a reader sees. */
public final class HtmlText {

    private static final int FRAME_LINE = 21;
    private static final int CHARACTERS_A_LINE = 80;
    private static final int IMAGE_HEIGHT = 180;
    private static final int MARGIN = 24;
    private static final int TALLEST = 4_000;

    private HtmlText() {}

    public static String of(String html) {
        var document = Jsoup.parse(html);
        document.select("script, style, head, title").remove();
        var text = new StringBuilder();
        document.body().traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    appendWords(text, words.text());
                } else if (node instanceof Element element && breaksBefore(element)) {
                    breakLine(text);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element) {
                    if (element.normalName().equals("br")) {
                        text.append('\n');
                    } else if (element.normalName().equals("p")) {
                        breakLine(text);
                        text.append('\n');
                    } else if (breaksBefore(element)) {
                        breakLine(text);
                    }
                }
            }
        });
        return text.toString()
                .replace('\u00a0', ' ')
                .replaceAll("[ \t]+\n", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static void appendWords(StringBuilder text, String words) {
        var startsLine = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
        text.append(startsLine ? words.stripLeading() : words);
    }

    private static boolean breaksBefore(Element element) {
        return element.isBlock() && !element.normalName().equals("body");
    }

    private static void breakLine(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    /** Whether the HTML shows what plain text cannot: pictures, tables, lists, links with words of their own. */
    public static boolean saysMore(String html) {
        if (html.isBlank()) {
            return false;
        }
        var document = Jsoup.parse(html);
        return document.selectFirst("img[src^=cid:], table, ul, ol, h1, h2, h3") != null
                || document.select("a[href]").stream()
                        .anyMatch(link -> !link.text().isBlank()
                                && !link.attr("href").contains(link.text().strip()));
    }

    /** About how high the HTML stands in the desk, in CSS pixels: an estimate, for the frame cannot be measured. */
    public static int height(String html) {
        var lines = of(html).lines()
                .mapToInt(line -> 1 + line.length() / CHARACTERS_A_LINE)
                .sum();
        var images = Jsoup.parseBodyFragment(html).select("img").size();
        return Math.min(TALLEST, lines * FRAME_LINE + images * IMAGE_HEIGHT + MARGIN);
    }
}
