package org.relevo.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person is in a workspace; {@link Gate} says what each may do. */
public enum Role {
    OWNER,
    SUPERVISOR,
    AGENT;

    /** The word on the wire and in columns. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
