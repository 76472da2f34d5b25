package org.relevo.tickets.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.blobs.BlobId;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.ReceivedMessage.Page;

/** A message or note as it is kept. */
public record StoredMessage(
        UUID id,
        String text,
        @Nullable Page html,
        @Nullable String reply,
        @Nullable Page replyHtml,
        @Nullable String language,
        @Nullable String from,
        List<String> to,
        List<String> cc,
        @Nullable String answersTo,
        List<String> alsoTo,
        boolean stranger,
        MessageFacts facts,
        @Nullable BlobId raw,
        boolean unreadable,
        @Nullable Delivery delivery,
        @Nullable Instant cancellableUntil,
        List<String> bcc,
        String signature,
        @Nullable Instant scheduledAt,
        List<StoredFile> files) {

    /** A file of a message. */
    public record StoredFile(
            UUID id,
            String name,
            String type,
            long size,
            BlobId blob,
            boolean inline,
            @Nullable String contentId) {}
}
