package org.relevo.channels.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which arrivals a person wants to see. */
public enum InboundFilter {
    /** Everything that waits for a person: failed, quarantined, unreadable, and not dismissed. */
    TROUBLED("(state in ('failed', 'quarantined') or unreadable) and dismissed_at is null"),
    ALL("true"),
    WAITING("state = 'received'"),
    DONE("state = 'done'"),
    DUPLICATE("state = 'duplicate'"),
    FAILED("state = 'failed'"),
    QUARANTINED("state = 'quarantined'"),
    UNREADABLE("unreadable");

    private final String condition;

    InboundFilter(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static InboundFilter of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
