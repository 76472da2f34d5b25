package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PersonRef;
import org.relevo.access.TeamRef;
import org.relevo.customers.CustomerId;
import org.relevo.orders.OrderRef;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.EntryId;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;

/** The shapes of the contract, named as in {@code api/openapi.yaml}. */
final class Shapes {

    private Shapes() {}

    record CustomerRef(CustomerId id, String name, @Nullable String email) {}

    @Schema(name = "TicketRow")
    record Row(
            TicketId id,
            long number,
            String subject,
            TicketStatus status,
            @Schema(allowableValues = "email") String channel,
            String preview,
            Instant lastMessageAt,
            @Nullable Instant waitingSince,
            boolean unread,
            boolean attachments,
            CustomerRef customer,
            @Nullable OrderRef order,
            @Nullable PersonRef assignee,
            @Nullable TeamRef team,
            List<String> tags,
            boolean deliveryFailed) {}

    record TicketLink(TicketId id, long number) {}

    @Schema(name = "Ticket")
    record Whole(
            TicketId id,
            long number,
            String subject,
            TicketStatus status,
            @Schema(allowableValues = "email") String channel,
            String preview,
            Instant lastMessageAt,
            @Nullable Instant waitingSince,
            boolean unread,
            boolean attachments,
            CustomerRef customer,
            @Nullable OrderRef order,
            @Nullable PersonRef assignee,
            @Nullable TeamRef team,
            List<String> tags,
            boolean deliveryFailed,
            Instant createdAt,
            @Nullable String mailbox,
            @Nullable String orderReason,
            List<TimelineEntry> timeline,
            @Nullable String earlier,
            @Nullable TicketLink followUpOf) {

        static Whole of(
                Row row,
                Instant createdAt,
                @Nullable String mailbox,
                @Nullable String orderReason,
                List<TimelineEntry> timeline,
                @Nullable String earlier,
                @Nullable TicketLink followUpOf) {
            return new Whole(
                    row.id(),
                    row.number(),
                    row.subject(),
                    row.status(),
                    row.channel(),
                    row.preview(),
                    row.lastMessageAt(),
                    row.waitingSince(),
                    row.unread(),
                    row.attachments(),
                    row.customer(),
                    row.order(),
                    row.assignee(),
                    row.team(),
                    row.tags(),
                    row.deliveryFailed(),
                    createdAt,
                    mailbox,
                    orderReason,
                    timeline,
                    earlier,
                    followUpOf);
        }
    }

    record TimelineActor(
            @Schema(allowableValues = {"customer", "person", "system", "token"})
            String kind,

            @Nullable UUID id,
            String name,

            @Schema(allowableValues = {"shop", "provider", "freelancer"}) @Nullable
            String partyKind) {}

    record TimelineChange(
            String field, @Nullable String from, @Nullable String to) {}

    record TimelineEntry(
            EntryId id,
            Instant at,

            @Schema(
                    allowableValues = {
                        "message-received",
                        "reply",
                        "note",
                        "created",
                        "assigned",
                        "status-changed",
                        "tagged",
                        "order-linked",
                        "reply-cancelled",
                        "customer-changed",
                        "participant-added",
                        "sender-trusted"
                    })
            String kind,

            TimelineActor actor,
            @Nullable String reason,
            @Nullable Message message,
            @Nullable TimelineChange change) {}

    record Message(
            UUID id,
            String text,
            @Nullable String language,
            @Nullable String from,
            List<String> to,
            List<String> cc,
            @Nullable Frame html,
            @Nullable Answer answer,

            @Schema(description = "Where an answer goes, when that is not the sender.") @Nullable
            String answersTo,

            @Schema(description = "Our other addresses to which the same message came.")
            List<String> alsoTo,

            @Schema(description = "Somebody wrote it who does not take part in the conversation.")
            boolean stranger,

            List<Attachment> attachments,
            @Nullable DeliveryState delivery,
            boolean unreadable,
            @Nullable Automatic automatic,
            Sender sender,
            MessageFacts.@Nullable Forwarded forwarded,
            List<MessageFacts.CalendarEvent> invitations,

            @Schema(allowableValues = {"none", "smime-signed", "smime-encrypted", "pgp-signed", "pgp-encrypted"})
            String protection,

            @Schema(description = "What of it is only in its source.") @Nullable
            String problem,

            @Schema(description = "A link to the bytes as they came.") @Nullable
            String sourceUrl,

            List<String> bcc,
            @Nullable String signature) {}

    /**
     * What was written now, when the message holds more: quoted history, a signature.
     *
     * @param html absent when the text says it all
     */
    @Schema(name = "MessageAnswer")
    record Answer(String text, @Nullable Frame html) {}

    /**
     * A page to be shown in a sandboxed frame.
     *
     * @param height about how high it stands, in CSS pixels
     * @param withImagesUrl the same with the pictures that lie elsewhere, fetched by us; absent when there are none
     */
    @Schema(name = "MessageFrame")
    record Frame(String url, int height, @Nullable String withImagesUrl) {}

    /** A machine sent it. */
    @Schema(name = "AutomaticMessage")
    record Automatic(
            @Schema(allowableValues = {"auto-reply", "bulk", "list", "system"})
            String kind,

            @Nullable String because,

            @Schema(description = "Nobody waits for an answer. A contact form is a machine too, and asks.")
            boolean asksNothing) {}

    @Schema(name = "MessageSender")
    record Sender(MessageFacts.Sender.Verdict verdict, String spf, String dkim, String dmarc) {}

    record Attachment(UUID id, String name, String type, long size, String url, boolean image, boolean inline) {}

    @Schema(name = "Delivery")
    record DeliveryState(
            Delivery.State state,
            Instant at,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable String detail,
            @Nullable Instant cancellableUntil,
            @Nullable Instant scheduledAt,
            List<DeliveryRecipient> recipients) {}

    record DeliveryRecipient(
            String address, Delivery.State state, @Nullable String detail) {}
}
