package org.relevo.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** What HTML may be once it is safe, seen by another parser than the one that made it so. */
public final class Shown {

    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "abbr",
            "address",
            "b",
            "big",
            "blockquote",
            "br",
            "caption",
            "center",
            "cite",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "div",
            "dl",
            "dt",
            "em",
            "font",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "tt",
            "u",
            "ul");
    private static final Set<String> ATTRIBUTES = Set.of(
            "href",
            "src",
            "alt",
            "width",
            "height",
            "colspan",
            "rowspan",
            "align",
            "valign",
            "cellpadding",
            "cellspacing",
            "border",
            "start",
            "type",
            "color",
            "size",
            "dir",
            "lang",
            "title",
            "style",
            "rel",
            "target");

    private Shown() {}

    /** Asserts that a fragment holds nothing but harmless elements, attributes, links and styles. */
    public static void isHarmless(String html, String imageScheme) {
        for (var element : Jsoup.parseBodyFragment(html).body().children().select("*")) {
            assertThat(element.normalName()).as(html).isIn(ELEMENTS);
            element.attributes().forEach(attribute -> isHarmless(element, attribute, imageScheme));
        }
    }

    private static void isHarmless(Element element, Attribute attribute, String imageScheme) {
        var value = attribute.getValue().strip().toLowerCase(Locale.ROOT);
        assertThat(attribute.getKey()).as("%s", element).isIn(ATTRIBUTES);
        switch (attribute.getKey()) {
            case "href" -> assertThat(value).matches("(?s)(https?://|mailto:|tel:).*");
            case "src" -> assertThat(value).startsWith(imageScheme);
            case "style" ->
                assertThat(value)
                        .doesNotContain(
                                "url(", "position", "z-index", "expression", "behavior", "@", "\\", "javascript");
            default -> {}
        }
    }
}
