package org.relevo.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an order stands, in the words of whoever waits for it. */
public enum OrderStatus {
    AWAITING_PAYMENT,
    PROCESSING,
    SHIPPED,
    /** Under way, and later than promised. */
    DELAYED,
    DELIVERED,
    RETURNED,
    REFUNDED,
    CANCELLED,
    ON_HOLD;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such status */
    @JsonCreator
    public static OrderStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
