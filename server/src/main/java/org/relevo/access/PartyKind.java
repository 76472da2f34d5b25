package org.relevo.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who people work for. */
public enum PartyKind {
    /** The shop's own team. */
    SHOP,
    /** An outsourced contact centre. */
    PROVIDER,
    /** A person who works for themselves. */
    FREELANCER;

    /** The word on the wire and in columns. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static PartyKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
