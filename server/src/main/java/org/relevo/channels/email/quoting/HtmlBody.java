package org.relevo.channels.email.quoting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.relevo.channels.email.quoting.Line.Hint;

/** The lines that HTML shows, each with the nodes that make it, so that whoever drops a line can drop its nodes. */
final class HtmlBody {

    private static final int DEEPEST = 20;

    private final Element body;
    private final List<Line> lines = new ArrayList<>();
    private final List<List<Node>> nodes = new ArrayList<>();
    private boolean marked;

    private HtmlBody(Element body) {
        this.body = body;
    }

    static HtmlBody of(String html) {
        var document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false);
        var body = new HtmlBody(document.body());
        body.breakPreformatted();
        body.body.traverse(body.new Reader(HtmlMarker.withQuotesInside(body.body)));
        return body;
    }

    List<Line> lines() {
        return lines;
    }

    /** Whether an element says of itself that it is a quote, introduces one or begins the history. */
    boolean marked() {
        return marked;
    }

    /** The HTML with the lines that are kept. The lines stay as they are. */
    String keeping(IntPredicate kept) {
        var dropped = Collections.<Node>newSetFromMap(new IdentityHashMap<>());
        for (var line = 0; line < lines.size(); line++) {
            if (!kept.test(line)) {
                dropped.addAll(nodes.get(line));
            }
        }
        var thinned = new ArrayList<Element>();
        body.traverse(new Emptied(dropped, thinned));
        for (var element : thinned) {
            replaceChildren(
                    element,
                    element.childNodes().stream()
                            .filter(node -> !dropped.contains(node))
                            .toList());
        }
        return body.html().strip();
    }

    /** Removing one child after the other would count all its siblings each time. */
    private static void replaceChildren(Element element, List<Node> children) {
        element.empty();
        children.forEach(element::appendChild);
    }

    /** In preformatted text a line ends where its source does: each line gets a node of its own. */
    private void breakPreformatted() {
        var preformatted = new ArrayList<Element>();
        body.traverse(new Preformatted(preformatted));
        for (var element : preformatted) {
            var children = element.childNodes().stream().flatMap(node -> broken(node).stream());
            replaceChildren(element, children.toList());
        }
    }

    /** Finds the elements in preformatted text whose text has several lines. */
    private static final class Preformatted implements NodeVisitor {

        private final List<Element> found;
        private int depth;

        private Preformatted(List<Element> found) {
            this.found = found;
        }

        @Override
        public void head(Node node, int level) {
            if (!(node instanceof Element element)) {
                return;
            }
            depth += element.normalName().equals("pre") ? 1 : 0;
            if (depth > 0
                    && element.textNodes().stream()
                            .anyMatch(text -> text.getWholeText().indexOf('\n') >= 0)) {
                found.add(element);
            }
        }

        @Override
        public void tail(Node node, int level) {
            depth -= node instanceof Element element && element.normalName().equals("pre") ? 1 : 0;
        }
    }

    private static List<Node> broken(Node node) {
        if (!(node instanceof TextNode text)) {
            return List.of(node);
        }
        var broken = new ArrayList<Node>();
        var whole = text.getWholeText();
        var from = 0;
        while (from < whole.length()) {
            var newline = whole.indexOf('\n', from);
            var to = newline < 0 ? whole.length() : newline + 1;
            broken.add(new TextNode(whole.substring(from, to)));
            from = to;
        }
        return broken;
    }

    /** Finds the elements that say nothing more once their nodes are dropped. */
    private record Emptied(Set<Node> dropped, List<Element> thinned) implements NodeVisitor {

        @Override
        public void head(Node node, int depth) {}

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element) || dropped.contains(element)) {
                return;
            }
            if (element.childNodes().stream().noneMatch(dropped::contains)) {
                return;
            }
            var empty = depth > 0 && element.childNodes().stream().allMatch(this::saysNothing);
            if (empty) {
                dropped.add(element);
            } else {
                thinned.add(element);
            }
        }

        private boolean saysNothing(Node child) {
            return dropped.contains(child)
                    || (child instanceof TextNode text ? text.isBlank() : !(child instanceof Element));
        }
    }

    /** Reads line by line, as a reader would see them. */
    private final class Reader implements NodeVisitor {

        private final Set<Element> withQuotesInside;
        private final StringBuilder words = new StringBuilder();
        private List<Node> lineNodes = new ArrayList<>();
        private int quotes;
        private int signatures;
        private int preformatted;
        private int ignored;
        private Hint pending = Hint.NONE;
        private Hint hint = Hint.NONE;

        private Reader(Set<Element> withQuotesInside) {
            this.withQuotesInside = withQuotesInside;
        }

        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case TextNode text when ignored == 0 -> append(text);
                case Element element -> enter(element);
                default -> lineNodes.add(node);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                leave(element);
            }
            if (depth == 0) {
                endLine();
            }
        }

        private void enter(Element element) {
            var name = element.normalName();
            if (breaks(element)) {
                endStartedLine();
            }
            ignored += isIgnored(name) ? 1 : 0;
            preformatted += name.equals("pre") ? 1 : 0;
            switch (HtmlMarker.of(element, withQuotesInside)) {
                case QUOTE -> {
                    endStartedLine();
                    quotes++;
                    marked = true;
                }
                case SIGNATURE -> {
                    endStartedLine();
                    signatures++;
                }
                case INTRODUCTION -> pending = mark(Hint.INTRODUCTION);
                case HISTORY -> pending = mark(Hint.HISTORY);
                case NONE -> {}
            }
            if (element.childNodeSize() == 0) {
                lineNodes.add(element);
            }
        }

        private Hint mark(Hint begun) {
            endStartedLine();
            marked = true;
            return begun;
        }

        private void leave(Element element) {
            var name = element.normalName();
            ignored -= isIgnored(name) ? 1 : 0;
            preformatted -= name.equals("pre") ? 1 : 0;
            var marker = HtmlMarker.of(element, withQuotesInside);
            if (name.equals("br")) {
                endLine();
            } else if (breaks(element) || marker == HtmlMarker.QUOTE || marker == HtmlMarker.SIGNATURE) {
                endStartedLine();
            }
            if (name.equals("p") && !element.hasClass("MsoNormal") && lastLineSaysSomething()) {
                endLine();
            }
            quotes -= marker == HtmlMarker.QUOTE ? 1 : 0;
            signatures -= marker == HtmlMarker.SIGNATURE ? 1 : 0;
            if (pending == Hint.INTRODUCTION && marker == HtmlMarker.INTRODUCTION) {
                pending = Hint.NONE;
            }
        }

        private void append(TextNode text) {
            var whole = preformatted > 0 ? text.getWholeText() : text.text();
            var content = whole.replace('\u00a0', ' ');
            var startsLine = words.isEmpty() && preformatted == 0;
            lineNodes.add(text);
            words.append(
                    startsLine
                            ? content.stripLeading()
                            : content.replace("\n", "").replace("\r", ""));
            if (pending != Hint.NONE && !content.isBlank()) {
                hint = pending;
                pending = pending == Hint.HISTORY ? Hint.NONE : pending;
            }
            if (preformatted > 0 && whole.endsWith("\n")) {
                endLine();
            }
        }

        private void endStartedLine() {
            if (!words.isEmpty()) {
                endLine();
            }
        }

        private void endLine() {
            var depth = Math.min(DEEPEST, quotes);
            var says = hint != Hint.NONE ? hint : signatures > 0 && quotes == 0 ? Hint.SIGNATURE : Hint.NONE;
            var text = words.toString().stripTrailing();
            lines.add(depth > 0 ? Line.of(text, depth, says) : unmarked(text, says));
            nodes.add(lineNodes);
            lineNodes = new ArrayList<>();
            words.setLength(0);
            hint = Hint.NONE;
        }

        private Line unmarked(String text, Hint says) {
            return says == Hint.NONE && text.startsWith(">") ? Line.of(text).getFirst() : new Line(text, text, says);
        }

        private boolean lastLineSaysSomething() {
            return !lines.isEmpty() && !lines.getLast().blank();
        }

        private static boolean breaks(Element element) {
            return element.isBlock() && !element.normalName().equals("body");
        }

        private static boolean isIgnored(String name) {
            return name.equals("style") || name.equals("script") || name.equals("title") || name.equals("head");
        }
    }
}
