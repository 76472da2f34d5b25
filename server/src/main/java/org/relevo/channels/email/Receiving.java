package org.relevo.channels.email;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a mailbox's mail comes to us. */
public enum Receiving {
    /** We read it at its server. */
    IMAP,
    /** Its server sends us what it gets. */
    FORWARDING;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Receiving of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
