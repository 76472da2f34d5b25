package org.relevo.tickets;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.blobs.BlobId;

/**
 * Somebody answered a customer. Told inside the transaction that stored the reply: whoever sends it stores that it will,
 * and vetoes by throwing if it cannot.
 *
 * @param message the id of the reply, by which its delivery is reported
 * @param values what the variables of a signature stand for
 * @param sendAt not before this instant; until then the writer may take it back
 */
public record ReplyWritten(
        TicketId ticket,
        UUID message,
        UUID inbox,
        Recipients recipients,
        From from,
        String subject,
        String text,
        String author,
        List<File> files,
        Map<Variable, String> values,
        Instant at,
        Instant sendAt) {

    /**
     * As whom it is sent.
     *
     * @param sender one of the inbox's senders; absent for the one that the customer wrote to
     * @param signed whether the sender's signature follows the text
     * @param addressed whom the customer's last message was addressed to
     */
    public record From(@Nullable UUID sender, boolean signed, List<String> addressed) {}

    /** A file that goes along; its size in bytes. */
    public record File(String name, String type, long size, BlobId blob) {}
}
