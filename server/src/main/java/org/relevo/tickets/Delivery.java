package org.relevo.tickets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/**
 * How far a reply has come.
 *
 * @param next when it is tried again, if it is
 * @param reason why it failed, or why we cannot tell
 */
public record Delivery(
        State state,
        Instant at,
        int attempts,
        @Nullable Instant next,
        @Nullable Reason reason) {

    /** Every reply ends in one of the last four. */
    public enum State {
        QUEUED,
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

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
