package org.relevo.tickets.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PersonId;
import org.relevo.access.TeamId;
import org.relevo.customers.CustomerId;
import org.relevo.orders.OrderId;
import org.relevo.platform.Reason;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;

/** A ticket as lists show it, with the ids of those whom it names. */
public record TicketRow(
        TicketId id,
        long number,
        String subject,
        TicketStatus status,
        String channel,
        String preview,
        Instant lastMessageAt,
        @Nullable Instant waitingSince,
        boolean unread,
        boolean attachments,
        boolean deliveryFailed,
        CustomerId customer,
        @Nullable String customerAddress,
        @Nullable OrderId order,
        @Nullable Reason orderReason,
        @Nullable PersonId assignee,
        @Nullable TeamId team,
        List<String> tags,
        Instant createdAt,
        @Nullable String inboxAddress,
        @Nullable TicketId followUpOf) {}
