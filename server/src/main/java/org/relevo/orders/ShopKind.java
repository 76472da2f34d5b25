package org.relevo.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a shop's orders come to us. */
public enum ShopKind {
    /** We fetch them, and its webhooks tell us when. */
    WOOCOMMERCE,
    /** The shop pushes them, or a person imports a file. */
    GENERIC;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such kind */
    @JsonCreator
    public static ShopKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
