package org.relevo.tickets.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PartyId;
import org.relevo.access.PersonId;
import org.relevo.access.Resource;
import org.relevo.access.TeamId;
import org.relevo.customers.CustomerId;
import org.relevo.orders.OrderId;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;

/** A ticket as its timeline has made it; what a command reads before it decides. */
public record Ticket(
        TicketId id,
        long number,
        String subject,
        TicketStatus status,
        @Nullable UUID inbox,
        @Nullable String inboxAddress,
        CustomerId customer,
        @Nullable String customerAddress,
        @Nullable OrderId order,
        @Nullable PersonId assignee,
        @Nullable TeamId team,
        @Nullable PartyId party,
        List<String> tags,
        @Nullable Instant waitingSince,
        Instant lastMessageAt,
        boolean doubtful) {

    /** The ticket as the gate sees it. */
    public Resource.Matter matter() {
        return new Resource.Matter(team, assignee);
    }

    /**
     * What a customer's message makes of the status; empty when it begins a new ticket instead.
     *
     * @param longAgo whether the ticket was solved too long ago to go on with it
     */
    public Optional<TicketStatus> afterCustomerWrote(boolean longAgo) {
        return switch (status) {
            case NEW, OPEN -> Optional.of(status);
            case PENDING, ON_HOLD -> Optional.of(TicketStatus.OPEN);
            case SOLVED -> longAgo ? Optional.empty() : Optional.of(TicketStatus.OPEN);
            case CLOSED -> Optional.empty();
        };
    }

    /** What our reply makes of the status, unless the writer says otherwise. */
    public TicketStatus afterReply() {
        return switch (status) {
            case NEW, OPEN, ON_HOLD, PENDING -> TicketStatus.PENDING;
            case SOLVED, CLOSED -> status;
        };
    }
}
