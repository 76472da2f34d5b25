package org.relevo.channels.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of an arrival. */
public enum InboundState {
    /** Stored, and waits to be understood. */
    RECEIVED,
    /** A message of a ticket. */
    DONE,
    /** One more delivery of a message that we have. */
    DUPLICATE,
    /** Could not be taken in by our fault; waits for a person. */
    FAILED,
    /** Its source lists it and could not be made to give it whole; waits for a person. */
    QUARANTINED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static InboundState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
