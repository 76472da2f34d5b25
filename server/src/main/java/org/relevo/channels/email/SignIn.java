package org.relevo.channels.email;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a mailbox's servers know us. */
public enum SignIn {
    PASSWORD,
    /** By a token of the mailbox's provider (SASL XOAUTH2). */
    OAUTH;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static SignIn of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
