package org.relevo.channels.email.quoting;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** What the names that mail programs give to their elements say about what is in them. */
enum HtmlMarker {
    /** Its content is quoted. */
    QUOTE,
    /** Its content introduces a quote. */
    INTRODUCTION,
    /** History begins with it and does not end before the mail does. */
    HISTORY,
    SIGNATURE,
    NONE;

    private static final int LONGEST_STYLE = 2_000;

    /** Gmail, Proton, Zoho, Tutanota: answers may stand between the quotes in them. */
    private static final Set<String> AROUND_QUOTES = Set.of(
            "gmail_quote", "gmail_quote_container", "protonmail_quote", "zmail_extra", "tutanota_quote", "hey_quote");

    private static final Set<String> QUOTES = Set.of(
            "yahoo_quoted",
            "ms-outlook-mobile-reference-message",
            "front-blockquote",
            "clean_bq",
            "airmail_ext_quote",
            "moz-forward-container",
            "history_container",
            "wa_quote");

    private static final Set<String> INTRODUCTIONS = Set.of(
            "gmail_attr",
            "moz-cite-prefix",
            "reply-intro",
            "airmail_on",
            "protonmail_quote_header",
            "fastmail-quote-header");

    private static final Set<String> HISTORIES = Set.of(
            "divrplyfwdmsg",
            "appendonsend",
            "stopspelling",
            "olk_src_body_section",
            "outlookmessageheader",
            "mail-editor-reference-message-container",
            "ms-outlook-mobile-body-separator-line",
            "zwchr",
            "isreplycontent",
            "isforwardcontent",
            "replysplit",
            "mailcontentreply",
            "previous-message",
            "outlook_mail_header",
            "messagereplysection",
            "_mailoriginal",
            "origbody");

    private static final Set<String> SIGNATURES = Set.of(
            "gmail_signature",
            "gmail_signature_prefix",
            "moz-signature",
            "applemailsignature",
            "ms-outlook-mobile-signature",
            "signature",
            "protonmail_signature_block",
            "ymail_android_signature",
            "ymail_ios_signature",
            "ymail_iphone_signature",
            "mail_android_footer",
            "tutanota_signature",
            "zmail_signature",
            "composer_signature",
            "mobile_signature",
            "yahoo_signature",
            "_rc_sig",
            "dtsignature",
            "ydp-signature");

    /** The elements that have a blockquote inside. */
    static Set<Element> withQuotesInside(Element body) {
        var found = Collections.<Element>newSetFromMap(new IdentityHashMap<>());
        for (var quote : body.select("blockquote")) {
            var around = quote.parent();
            while (around != null && found.add(around)) {
                around = around.parent();
            }
        }
        return found;
    }

    static HtmlMarker of(Element element, Set<Element> withQuotesInside) {
        if (element.normalName().equals("blockquote")) {
            return isIndentation(element) ? NONE : QUOTE;
        }
        if (element.attributesSize() == 0) {
            return NONE;
        }
        var named = named(element, withQuotesInside);
        return named == NONE && isRuleOfOutlook(style(element)) ? HISTORY : named;
    }

    private static HtmlMarker named(Element element, Set<Element> withQuotesInside) {
        for (var name : names(element).split(" ")) {
            if (AROUND_QUOTES.contains(name)) {
                return withQuotesInside.contains(element) ? NONE : HISTORY;
            }
            if (QUOTES.contains(name) || name.startsWith("yahoo_quoted") || name.endsWith("yahoo_quoted")) {
                return QUOTE;
            }
            if (INTRODUCTIONS.contains(name)) {
                return INTRODUCTION;
            }
            if (HISTORIES.contains(name)) {
                return HISTORY;
            }
            if (SIGNATURES.contains(name)) {
                return SIGNATURE;
            }
        }
        return element.attr("name").equals("quote") ? QUOTE : NONE;
    }

    /** Classes, id and the like in lower case; Outlook puts {@code x_} before the names of others. */
    private static String names(Element element) {
        var names = element.className() + " " + element.id() + " " + element.attr("name") + " "
                + element.attr("data-smartmail") + (element.attr("data-marker").equals("__HEADERS__") ? " zwchr" : "");
        return names.length() > LONGEST_STYLE
                ? ""
                : (" " + names)
                        .toLowerCase(Locale.ROOT)
                        .replace(" x_", " ")
                        .replace(" x_", " ")
                        .strip();
    }

    private static String style(Element element) {
        var style = element.attr("style");
        return style.isEmpty() || style.length() > LONGEST_STYLE
                ? ""
                : style.toLowerCase(Locale.ROOT).replace(" ", "").replace("\n", "");
    }

    /** The thin line that Outlook for Windows and for the Mac draw above the header of the quoted mail. */
    private static boolean isRuleOfOutlook(String style) {
        var at = style.indexOf("border-top:");
        if (at < 0) {
            return false;
        }
        var rule = style.substring(at);
        var end = rule.indexOf(';');
        var value = end < 0 ? rule : rule.substring(0, end);
        var colour = value.contains("#e1e1e1")
                || value.contains("#b5c4df")
                || value.contains("rgb(225,225,225)")
                || value.contains("rgb(181,196,223)");
        return colour && value.contains("solid") && (value.contains("1.0pt") || value.contains("1pt"));
    }

    /** Gmail indents paragraphs with a blockquote without a border. */
    private static boolean isIndentation(Element quote) {
        var style = style(quote);
        return quote.attr("type").isEmpty() && quote.className().isEmpty() && style.contains("border:none");
    }
}
