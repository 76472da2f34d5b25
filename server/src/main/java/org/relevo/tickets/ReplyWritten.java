package org.relevo.tickets;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.relevo.platform.blobs.BlobId;

/**
 * Somebody answered a customer. Told inside the transaction that stored the reply: whoever sends it stores that it will.
 *
 * @param message the id of the reply, by which its delivery is reported
 * @param sendAt not before this instant; until then the writer may take it back
 */
public record ReplyWritten(
        TicketId ticket,
        UUID message,
        UUID inbox,
        String to,
        String subject,
        String text,
        String author,
        List<File> files,
        Instant at,
        Instant sendAt) {

    /** A file that goes along. */
    public record File(String name, String type, BlobId blob) {}
}
