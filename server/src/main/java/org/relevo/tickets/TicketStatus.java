package org.relevo.tickets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a ticket stands. */
public enum TicketStatus {
    /** Nobody has looked at it. */
    NEW,
    /** It waits for us. */
    OPEN,
    /** It waits for the customer; their answer opens it. */
    PENDING,
    /** It waits for somebody else: a carrier, the warehouse. */
    ON_HOLD,
    /** Done, as far as we know; the customer's answer opens it again. */
    SOLVED,
    /** Done for good; the customer's answer begins a new ticket that follows this one. */
    CLOSED;

    /** The word on the wire and in columns. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such status */
    @JsonCreator
    public static TicketStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
