package org.relevo.channels.outbound;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.TicketId;

/**
 * A mail on its way out. Its Message-ID was fixed when the person pressed send and never changes, so that a recipient can
 * tell a second delivery from a second reply.
 *
 * @param replyTo where the customer's answer should go, when that is not the sender itself
 * @param signature what stands below the text; empty for nothing
 * @param references the ids of the thread's newest mails, oldest first
 */
public record Outgoing(
        UUID id,
        TicketId ticket,
        UUID mailbox,
        String headerId,
        From from,
        @Nullable String replyTo,
        List<Recipient> recipients,
        String subject,
        String text,
        String signature,
        List<String> references,
        List<ReplyWritten.File> files,
        Instant writtenAt,
        Nature nature,
        Delivery.State state,
        int attempts,
        @Nullable Instant firstTryAt) {

    /** Whom it comes from, as the recipient reads it. */
    public record From(String address, String name) {}

    /** Whether a person wrote it. */
    public enum Nature {
        PERSONAL,
        /** Sent by a machine: without a return path and marked, so that no machine answers (RFC 3834, 3.1). */
        AUTOMATIC
    }

    /** How a recipient is named in the mail. */
    public enum Kind {
        TO,
        CC,
        BCC
    }

    /**
     * How far it has come to one address: queued, sent, failed or uncertain.
     *
     * @param words the server's, when it did not take it
     */
    public record Recipient(
            int place,
            Kind kind,
            String address,
            Delivery.State state,
            @Nullable String words) {

        public Recipient with(Delivery.State now, @Nullable String said) {
            return new Recipient(place, kind, address, now, said);
        }
    }

    /** The addresses that are named as {@code kind}. */
    public List<String> named(Kind kind) {
        return recipients.stream()
                .filter(recipient -> recipient.kind() == kind)
                .map(Recipient::address)
                .toList();
    }

    /** Those who have yet to get it. */
    public List<Recipient> waiting() {
        return recipients.stream()
                .filter(recipient -> recipient.state() == Delivery.State.QUEUED)
                .toList();
    }
}
