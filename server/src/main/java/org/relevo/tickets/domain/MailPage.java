package org.relevo.tickets.domain;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.relevo.platform.html.SafeHtml;

/** The page inside the sandboxed frame: a mail's HTML, sanitised once more, its own images put in. */
public final class MailPage {

    private static final String HEAD = """
            <!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">\
            <meta name="color-scheme" content="light"><base target="_blank">\
            <style>html{background:#fff;color:#11211f}body{margin:0;font:14px/1.5 system-ui,sans-serif;\
            overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}\
            blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #bac6c3;color:#3d4e4b}</style>\
            </head><body>""";

    private static final int MOST_REMOTE_IMAGES = 100;
    private static final Pattern REMOTE_IMAGE = Pattern.compile("<img [^>]*src=\"https?:");

    private MailPage() {}

    /**
     * The page for {@code html}.
     *
     * @param images links by the address that the HTML gives; an image that is not among them is left out
     */
    public static String of(String html, Map<String, String> images) {
        var body = Jsoup.parseBodyFragment(html).body();
        for (var image : body.select("img")) {
            var source = image.attr("src");
            var link = images.get(source);
            if (link == null) {
                image.remove();
            } else {
                image.attr("src", link);
            }
        }
        return HEAD + SafeHtml.forFrame(body.html()) + "</body></html>";
    }

    /** Whether {@code html}, which was sanitised and so has one way of writing, names images that do not come with the mail. */
    public static boolean namesRemoteImages(String html) {
        return REMOTE_IMAGE.matcher(html).find();
    }

    /** The addresses of the images that do not come with the mail, each once, in order. */
    public static List<String> remoteImages(String html) {
        return Jsoup.parseBodyFragment(html).select("img[src^=http]").eachAttr("src").stream()
                .distinct()
                .limit(MOST_REMOTE_IMAGES)
                .toList();
    }
}
