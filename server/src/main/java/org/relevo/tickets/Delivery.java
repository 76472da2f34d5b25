package org.relevo.tickets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/**
 * How far a reply has come.
 *
 * @param next when it is tried again, if it is
 * @param reason why it failed, or why we cannot tell
 * @param recipients how far it has come to each; empty when that is not known or has not changed
 */
public record Delivery(
        State state,
        Instant at,
        int attempts,
        @Nullable Instant next,
        @Nullable Reason reason,
        List<Recipient> recipients) {

    /** News that concern no single recipient. */
    public Delivery(State state, Instant at, int attempts, @Nullable Instant next, @Nullable Reason reason) {
        this(state, at, attempts, next, reason, List.of());
    }

    /**
     * How far it has come to one address.
     *
     * @param words the server's, when it did not take it
     */
    public record Recipient(
            String address, State state, @Nullable String words) {}

    /** Every reply ends in sent, failed, cancelled or uncertain. */
    public enum State {
        QUEUED,
        /** The customer wrote before a scheduled reply left: a person decides. */
        HELD,
        SENDING,
        SENT,
        FAILED,
        CANCELLED,
        /** The line broke after we had handed it over: it may or may not have gone. */
        UNCERTAIN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
