package org.relevo.tickets.web;

import java.util.Set;

/** Which media types a browser may show in place. Everything else is only ever downloaded. */
final class SafeTypes {

    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private SafeTypes() {}

    static boolean isImage(String type) {
        return IMAGES.contains(type);
    }

    static boolean shownInPlace(String type) {
        return isImage(type) || "application/pdf".equals(type);
    }
}
