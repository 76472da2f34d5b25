package org.relevo.channels.email.mime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** The plain text of HTML, with the line breaks that a reader sees. */
public final class HtmlText {

    private static final int LONGEST_HTML = 5_000_000;
    private static final int LONGEST_TEXT = 1_000_000;
    private static final int LONGEST_STYLE = 2_000;
    private static final Set<String> UNSEEN = Set.of(
            "script", "style", "head", "title", "template", "noscript", "object", "embed", "iframe", "svg", "math");
    private static final Pattern NO_SIZE =
            Pattern.compile("(?:^|;)(?:font-size|max-height|opacity):0(?:px|pt|em|%)?(?:;|$|important)");

    private static final int FRAME_LINE = 21;
    private static final int CHARACTERS_A_LINE = 80;
    private static final int IMAGE_HEIGHT = 180;
    private static final int MARGIN = 24;
    private static final int TALLEST = 4_000;

    private HtmlText() {}

    /** The words that a reader sees, at most a million characters of them. */
    public static String of(String html) {
        var document = Jsoup.parse(html.length() <= LONGEST_HTML ? html : html.substring(0, LONGEST_HTML));
        var reading = new Reading();
        NodeTraversor.filter(reading, document.body()); // a loop, however deep
        return tidied(reading.text);
    }

    private static String tidied(CharSequence text) {
        var lines = text.toString().replace('\u00a0', ' ').replaceAll("[\\u200B\\u200C\\u00AD\\u034F\\u2007]", "");
        return lines.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    /** Walks over the nodes and writes down what is seen. */
    private static final class Reading implements NodeFilter {
        private final StringBuilder text = new StringBuilder();
        private int preformatted;

        @Override
        public FilterResult head(Node node, int depth) {
            if (text.length() > LONGEST_TEXT) {
                return FilterResult.STOP;
            }
            if (node instanceof TextNode words) {
                append(words);
            } else if (node instanceof Element element) {
                if (isHidden(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                begin(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                end(element);
            }
            return FilterResult.CONTINUE;
        }

        private void append(TextNode words) {
            if (preformatted > 0) {
                text.append(words.getWholeText());
                return;
            }
            var seen = words.text();
            text.append(afterSpace() ? seen.stripLeading() : seen);
        }

        private boolean afterSpace() {
            return text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        }

        private void begin(Element element) {
            switch (element.normalName()) {
                case "td", "th" -> {
                    if (element.previousElementSibling() != null && !afterSpace()) {
                        text.append('\t');
                    }
                }
                case "li" -> {
                    breakLine();
                    text.append(mark(element));
                }
                case "pre", "textarea" -> {
                    breakLine();
                    preformatted++;
                }
                default -> {
                    if (breaks(element)) {
                        breakLine();
                    }
                }
            }
        }

        /** The number of an item is counted from the start of its list, but no further than people count. */
        private static String mark(Element item) {
            var list = item.parent();
            if (list == null || !list.normalName().equals("ol")) {
                return "- ";
            }
            var number = 1;
            for (var before = item.previousElementSibling(); before != null && number < 200; number++) {
                before = before.previousElementSibling();
            }
            return number + ". ";
        }

        private void end(Element element) {
            switch (element.normalName()) {
                case "br" -> text.append('\n');
                case "p" -> {
                    breakLine();
                    text.append('\n');
                }
                case "pre", "textarea" -> {
                    preformatted--;
                    breakLine();
                }
                case "td", "th" -> {}
                default -> {
                    if (breaks(element)) {
                        breakLine();
                    }
                }
            }
        }

        private static boolean breaks(Element element) {
            return element.isBlock() && !element.normalName().equals("body");
        }

        private void breakLine() {
            while (!text.isEmpty() && " \t".indexOf(text.charAt(text.length() - 1)) >= 0 && preformatted == 0) {
                text.setLength(text.length() - 1);
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }
    }

    /** What no reader sees: scripts, styles, and the lines that only the list of a mail program is to show. */
    private static boolean isHidden(Element element) {
        if (UNSEEN.contains(element.normalName()) || element.hasAttr("hidden")) {
            return true;
        }
        var style = element.attr("style");
        if (style.isEmpty()) {
            return false;
        }
        var rules = (style.length() <= LONGEST_STYLE ? style : style.substring(0, LONGEST_STYLE))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s!]+", "");
        return rules.contains("display:none")
                || rules.contains("visibility:hidden")
                || rules.contains("mso-hide:all")
                || element.childrenSize() == 0 && NO_SIZE.matcher(rules).find();
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
