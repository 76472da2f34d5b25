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
 * @param place where it lies at its server, if it was fetched from there
 * @param direct whether anybody could have brought it straight to us: then nothing it says about its sender is proven
 */
public record Arrival(
        UUID mailbox,
        String transportKey,
        BlobId blob,
        long size,
        @Nullable Instant internalDate,
        @Nullable Place place,
        boolean direct) {

    public Arrival(UUID mailbox, String transportKey, BlobId blob, long size, @Nullable Instant internalDate) {
        this(mailbox, transportKey, blob, size, internalDate, null, false);
    }

    public Arrival(UUID mailbox, Place place, BlobId blob, long size, @Nullable Instant internalDate) {
        this(mailbox, place.transportKey(mailbox), blob, size, internalDate, place, false);
    }
}
