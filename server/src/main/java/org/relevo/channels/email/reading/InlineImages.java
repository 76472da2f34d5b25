package org.relevo.channels.email.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.ParsedMail.Part;
import org.relevo.platform.blobs.BlobId;

/** Pictures that came with a mail and that its HTML names by their place (RFC 2557) get an id like all others (RFC 2392). */
public final class InlineImages {

    private InlineImages() {}

    /** The id by which the HTML of {@link #byContentId} names the part. */
    public static @Nullable String contentId(Part part) {
        return part.contentId() != null || part.contentLocation() == null
                ? part.contentId()
                : "location-" + BlobId.of(part.content()).hex();
    }

    /** The HTML with every picture that came along named by {@code cid:}. */
    public static String byContentId(String html, List<Part> parts) {
        var located = parts.stream()
                .filter(part -> part.contentLocation() != null)
                .collect(Collectors.toMap(Part::contentLocation, InlineImages::contentId, (first, _) -> first));
        return located.isEmpty() ? html : named(html, located);
    }

    private static String named(String html, Map<String, String> located) {
        var body = Jsoup.parse(html).body();
        for (var image : body.select("img[src]")) {
            var source = image.attr("src");
            var id = located.get(source);
            if (id != null && !source.toLowerCase(Locale.ROOT).startsWith("cid:")) {
                image.attr("src", "cid:" + id);
            }
        }
        return body.html();
    }
}
