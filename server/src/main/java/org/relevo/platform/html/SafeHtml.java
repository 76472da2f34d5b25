package org.relevo.platform.html;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * What is left of HTML from outside: text structure, tables, links and images, with styles that cannot leave their place.
 * No scripts, forms, frames, style sheets or backgrounds. The sanitizer has the last word; nothing is changed after it.
 */
public final class SafeHtml {

    private static final CssSchema STYLES = CssSchema.withProperties(Set.of(
            "color",
            "background-color",
            "font-weight",
            "font-style",
            "font-size",
            "font-family",
            "text-align",
            "text-decoration",
            "margin",
            "margin-top",
            "margin-bottom",
            "margin-left",
            "margin-right",
            "padding",
            "padding-top",
            "padding-bottom",
            "padding-left",
            "padding-right",
            "border",
            "border-collapse",
            "border-spacing",
            "width",
            "max-width",
            "line-height",
            "list-style-type",
            "vertical-align",
            "white-space"));

    private static final String[] TAGS = {
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
        "ul"
    };

    private static final PolicyFactory SELF_CONTAINED = policy("cid");
    private static final PolicyFactory STORED = policy("cid", "http", "https");
    private static final PolicyFactory FRAME = policy("http", "https");

    private SafeHtml() {}

    private static PolicyFactory policy(String... imageProtocols) {
        var images = Set.of(imageProtocols);
        return new HtmlPolicyBuilder()
                .allowElements(TAGS)
                .allowWithoutAttributes("span", "div", "font")
                .allowAttributes("href")
                .matching((element, attribute, value) -> link(value))
                .onElements("a")
                .allowAttributes("src")
                .matching((element, attribute, value) -> image(value, images))
                .onElements("img")
                .allowAttributes("alt", "width", "height")
                .onElements("img")
                .allowAttributes("colspan", "rowspan", "align", "valign", "width")
                .onElements("td", "th", "tr", "table", "col")
                .allowAttributes("cellpadding", "cellspacing", "border")
                .onElements("table")
                .allowAttributes("start", "type")
                .onElements("ol", "ul", "li")
                .allowAttributes("color", "size")
                .onElements("font")
                .allowAttributes("dir", "lang", "title")
                .globally()
                .allowStyling(STYLES)
                .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
                .requireRelNofollowOnLinks()
                .requireRelsOnLinks("noopener", "noreferrer")
                .toFactory();
    }

    private static @Nullable String link(String value) {
        return value.strip().matches("(?i)(https?://|mailto:|tel:).{1,2000}") ? value.strip() : null;
    }

    private static @Nullable String image(String value, Set<String> protocols) {
        var colon = value.indexOf(':');
        return colon > 0 && protocols.contains(value.substring(0, colon).toLowerCase(Locale.ROOT)) ? value : null;
    }

    /** What can be shown anywhere: images only if they came with the mail. */
    public static String selfContained(String html) {
        return SELF_CONTAINED.sanitize(html);
    }

    /** What we keep. Images that lie elsewhere are only named: no page shows them unless a person asks. */
    public static String stored(String html) {
        return STORED.sanitize(html);
    }

    /** What the frame shows: images are our own links by now. */
    public static String forFrame(String html) {
        return FRAME.sanitize(html);
    }
}
