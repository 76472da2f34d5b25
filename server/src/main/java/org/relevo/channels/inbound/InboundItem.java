package org.relevo.channels.inbound;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.blobs.BlobId;

/**
 * A stored arrival and what became of it.
 *
 * @param direct whether anybody could have brought it straight to us: then nothing it says about its sender is proven
 * @param nextAt when it is tried next, while it waits to be understood
 * @param problem key of what went wrong, in {@code texts/reasons}
 * @param unreadable whether it became a ticket that only carries its source
 */
public record InboundItem(
        UUID id,
        UUID mailbox,
        @Nullable Place place,
        Instant receivedAt,
        @Nullable Instant internalDate,
        long size,
        BlobId blob,
        boolean direct,
        InboundState state,
        int attempts,
        Instant nextAt,
        @Nullable String problem,
        boolean unreadable,
        @Nullable UUID ticket) {}
