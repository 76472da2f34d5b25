package org.relevo.channels.inbound;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.blobs.BlobId;

/**
 * Something that arrived, by the key under which its source knows it.
 *
 * @param transportKey for mail: mailbox, folder, UIDVALIDITY and UID
 * @param internalDate when its server took it in, if it says
 */
public record Arrival(
        UUID mailbox,
        String transportKey,
        BlobId blob,
        long size,
        @Nullable Instant internalDate) {}
