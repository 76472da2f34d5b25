package org.relevo.tickets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.customers.Customers;
import org.relevo.orders.OrderMatch;
import org.relevo.platform.blobs.BlobId;

/**
 * What a customer sent, as a channel understood it.
 *
 * @param inbox the inbox that it came to
 * @param at when it was sent, as far as that can be believed
 * @param raw the bytes as they came
 * @param unreadable whether we could not make sense of the bytes: then the text says so and the raw source is attached
 */
public record ReceivedMessage(
        Inbox inbox,
        Customers.Ref customer,
        Instant at,
        String subject,
        Words words,
        Addresses addresses,
        List<File> files,
        Optional<OrderMatch> order,
        MessageFacts facts,
        @Nullable BlobId raw,
        boolean unreadable) {

    /** The inbox of a channel; {@code team} is who gets what comes to it. */
    public record Inbox(UUID id, String address, @Nullable UUID team) {}

    /**
     * Who wrote to whom.
     *
     * @param answers where an answer goes: as a rule the sender
     */
    public record Addresses(String from, String answers, List<String> to, List<String> cc) {}

    /**
     * What it says.
     *
     * @param text all of it, as plain text
     * @param html all of it as sanitised HTML, when the text does not say it all
     * @param reply what was written now, when the text holds more than that
     * @param replyHtml likewise of the HTML
     */
    public record Words(
            String text,
            @Nullable Page html,
            @Nullable String reply,
            @Nullable Page replyHtml) {

        public static Words of(String text) {
            return new Words(text, null, null, null);
        }

        /** What was written now. */
        public String written() {
            return reply == null ? text : reply;
        }
    }

    /** Sanitised HTML and about how high it stands on a screen, in CSS pixels. */
    public record Page(String html, int height) {}

    /** A file that came along; {@code contentId} without angle brackets, when the HTML shows it. */
    public record File(
            String name,
            String type,
            long size,
            BlobId blob,
            boolean inline,
            @Nullable String contentId) {}
}
