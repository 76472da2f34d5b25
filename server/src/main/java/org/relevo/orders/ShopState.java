package org.relevo.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the connection to a shop stands. */
public enum ShopState {
    CONNECTED,
    /** A round that somebody waits for is under way: the first one, or one that was asked for. */
    SYNCING,
    /** The last attempt failed; we go on trying. */
    FAILING;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such state */
    @JsonCreator
    public static ShopState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
