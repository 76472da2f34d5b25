package org.relevo.orders.domain;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address of a shop, from what people paste: with or without scheme, with a slash, a page or the API's path. */
public final class ShopAddress {

    private ShopAddress() {}

    /** The address without a slash at its end, such as {@code https://aurea.example/tienda}; empty if it is none. */
    public static Optional<String> read(String pasted) {
        var text = pasted.strip();
        var withScheme = text.contains("://") ? text : "https://" + text;
        try {
            var pieces = new URI(ascii(withScheme));
            var path = pieces.getRawPath() == null ? "" : pieces.getRawPath();
            if (!withScheme.matches("(?i)https?://.*") || pieces.getHost() == null || pieces.getRawUserInfo() != null) {
                return Optional.empty();
            }
            var port = pieces.getPort() == -1 ? "" : ":" + pieces.getPort();
            return Optional.of(pieces.getScheme().toLowerCase(Locale.ROOT)
                    + "://"
                    + pieces.getHost().toLowerCase(Locale.ROOT)
                    + port
                    + path.replaceFirst("/(wp-json|wp-admin|wp-login\\.php)(/.*)?$", "")
                            .replaceFirst("/+$", ""));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String ascii(String address) {
        var start = address.indexOf("://") + 3;
        var slash = address.indexOf('/', start);
        var end = slash == -1 ? address.length() : slash;
        return address.substring(0, start) + IDN.toASCII(address.substring(start, end)) + address.substring(end);
    }

    /** {@code text} if a browser may follow it: an absolute address of the web. Scripts and files are not. */
    public static @Nullable String linkOrNull(@Nullable String text) {
        if (text == null || !text.strip().matches("(?i)https?://[^\\s\"<>]+")) {
            return null;
        }
        return text.strip();
    }
}
