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
 * @param text what they wrote, as plain text
 * @param html the same as sanitised HTML, when the text does not say it all
 * @param htmlHeight about how high it stands on a screen, in CSS pixels
 * @param raw the bytes as they came
 * @param unreadable whether we could not make sense of the bytes: then the text says so and the raw source is attached
 */
public record ReceivedMessage(
        Inbox inbox,
        Customers.Ref customer,
        String customerAddress,
        Instant at,
        String subject,
        String text,
        @Nullable String html,
        @Nullable Integer htmlHeight,
        Addresses addresses,
        List<File> files,
        Optional<OrderMatch> order,
        @Nullable BlobId raw,
        boolean unreadable) {

    /** The inbox of a channel; {@code team} is who gets what comes to it. */
    public record Inbox(UUID id, String address, @Nullable UUID team) {}

    /** Who wrote to whom. */
    public record Addresses(String from, List<String> to, List<String> cc) {}

    /** A file that came along; {@code contentId} without angle brackets, when the HTML shows it. */
    public record File(
            String name,
            String type,
            long size,
            BlobId blob,
            boolean inline,
            @Nullable String contentId) {}
}
