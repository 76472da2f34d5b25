package org.relevo.tickets.web;

import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.platform.ProblemException;
import org.relevo.platform.RelevoProperties;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.FileName;
import org.relevo.tickets.persistence.MessageTable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Uploading files before they are sent. */
@RestController
public class AttachmentController {

    private final MessageTable messages;
    private final BlobStore blobs;
    private final Presenter presenter;
    private final RelevoProperties properties;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AttachmentController(
            MessageTable messages,
            BlobStore blobs,
            Presenter presenter,
            RelevoProperties properties,
            TransactionTemplate transaction,
            Clock clock) {
        this.messages = messages;
        this.blobs = blobs;
        this.presenter = presenter;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    @PostMapping("/api/v1/attachments")
    @Requires(Action.TICKET_NOTE)
    @ResponseStatus(HttpStatus.CREATED)
    public Shapes.Attachment upload(@RequestPart("file") MultipartFile file, Actor actor) throws IOException {
        if (file.getSize() > properties.attachments().toBytes()) {
            throw new ProblemException(
                    "attachment-too-large",
                    413,
                    String.valueOf(properties.attachments().toMegabytes()));
        }
        var person = actor.personOrNull();
        var content = file.getBytes();
        var blob = blobs.keep(content); // on the disk before the transaction begins
        var stored = transaction.execute(_ -> messages.upload(
                FileName.safe(file.getOriginalFilename()),
                type(file.getContentType()),
                content.length,
                blob,
                person == null ? null : person.value(),
                clock.instant()));
        return presenter.attachment(stored);
    }

    private static String type(@Nullable String given) {
        return given == null || !given.matches("[\\w.+-]{1,60}/[\\w.+-]{1,80}") ? "application/octet-stream" : given;
    }
}
