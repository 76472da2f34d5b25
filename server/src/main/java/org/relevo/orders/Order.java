package org.relevo.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Money;

/**
 * An order as the shop told it.
 *
 * @param number what customers see, such as {@code AU-20418}
 * @param payment how it was paid, never a full card number
 * @param url the order in the shop's own back office
 * @param refunded what was given back so far, when anything was
 */
public record Order(
        OrderId id,
        String number,
        OrderStatus status,
        Instant placedAt,
        Money total,
        @Nullable String payment,
        @Nullable String url,
        String customerName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String address,
        List<Line> lines,
        List<Shipment> shipments,
        @Nullable Money refunded,
        String shopName) {

    /** One thing that was bought, with what it cost in all. */
    public record Line(
            String name,
            @Nullable String variant,
            @Nullable String sku,
            int quantity,
            Money total,
            @Nullable String imageUrl) {}

    /**
     * A parcel.
     *
     * @param promisedOn the day on which the customer was told to expect it, in the shop's time zone
     */
    public record Shipment(
            @Nullable String carrier,
            @Nullable String tracking,
            @Nullable String trackingUrl,
            @Nullable LocalDate promisedOn,
            List<Step> steps) {}

    /** One step of a parcel's way; {@code at} is absent while it lies ahead. */
    public record Step(@Nullable Instant at, String text, StepState state) {}

    /** How a step stands. */
    public enum StepState {
        DONE,
        CURRENT,
        LATE,
        PENDING;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is no such state */
        @JsonCreator
        public static StepState of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
