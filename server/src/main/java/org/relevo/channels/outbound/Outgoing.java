package org.relevo.channels.outbound;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.TicketId;

/**
 * A reply on its way out. Its Message-ID was fixed when the person pressed send and never changes, so that a recipient can
 * tell a second delivery from a second reply.
 *
 * @param replyTo where the customer's answer should go, when that is not the mailbox itself
 * @param references the ids of the thread's newest mails, oldest first
 */
public record Outgoing(
        UUID id,
        TicketId ticket,
        UUID mailbox,
        String headerId,
        @Nullable String replyTo,
        String recipient,
        String subject,
        String text,
        String author,
        List<String> references,
        List<ReplyWritten.File> files,
        Instant writtenAt,
        Delivery.State state,
        int attempts,
        @Nullable Instant firstTryAt) {}
