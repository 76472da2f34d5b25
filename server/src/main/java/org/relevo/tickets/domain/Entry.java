package org.relevo.tickets.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.customers.CustomerId;
import org.relevo.platform.Reason;
import org.relevo.platform.Uuid7;
import org.relevo.tickets.EntryId;
import org.relevo.tickets.TicketId;

/**
 * One entry of a timeline: what happened, when, by whom and why.
 *
 * @param message the message that it brought, for those three kinds that bring one
 */
public record Entry(
        EntryId id,
        TicketId ticket,
        Instant at,
        Kind kind,
        By by,
        @Nullable Reason reason,
        @Nullable Change change,
        @Nullable UUID message) {

    /** What can happen to a ticket. */
    public enum Kind {
        CREATED,
        MESSAGE_RECEIVED,
        REPLY,
        NOTE,
        ASSIGNED,
        STATUS_CHANGED,
        TAGGED,
        ORDER_LINKED,
        REPLY_CANCELLED,
        CUSTOMER_CHANGED,
        PARTICIPANT_ADDED,
        SENDER_TRUSTED,
        ACKNOWLEDGED,
        ACKNOWLEDGEMENT_WITHHELD;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** A field's value before and after, as people read it. */
    public record Change(
            String field, @Nullable String before, @Nullable String after) {}

    /**
     * Who did it, named as they were then. A customer's name is looked up when read, so that erasing them erases it here.
     */
    public record By(
            String kind,
            @Nullable UUID id,
            @Nullable String name,
            @Nullable String partyKind) {

        public static final By SYSTEM = new By("system", null, null, null);

        public static By of(Actor actor) {
            return switch (actor) {
                case Actor.Staff staff ->
                    new By(
                            "person",
                            staff.person().value(),
                            staff.name(),
                            staff.partyKind().word());
                case Actor.Program program -> new By("token", program.token(), program.name(), null);
                case Actor.House _ -> SYSTEM;
            };
        }

        public static By customer(CustomerId customer) {
            return new By("customer", customer.value(), null, null);
        }
    }

    public static Entry message(TicketId ticket, Instant at, Kind kind, By by, @Nullable Reason reason, UUID message) {
        return new Entry(new EntryId(Uuid7.next()), ticket, at, kind, by, reason, null, message);
    }

    public static Entry change(
            TicketId ticket, Instant at, Kind kind, By by, @Nullable Reason reason, @Nullable Change change) {
        return new Entry(new EntryId(Uuid7.next()), ticket, at, kind, by, reason, change, null);
    }
}
