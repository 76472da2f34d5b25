package org.relevo.channels.inbound;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.blobs.BlobId;

/**
 * A stored arrival and what became of it.
 *
 * @param state as in the table: waiting to be understood, done, a duplicate, or failed
 * @param problem key of what went wrong, in {@code texts/reasons}
 */
public record InboundItem(
        UUID id,
        UUID mailbox,
        Instant receivedAt,
        @Nullable Instant internalDate,
        long size,
        BlobId blob,
        String state,
        int attempts,
        @Nullable String problem,
        @Nullable UUID ticket) {}
