package org.relevo.channels.inbound;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What arrived and waits for a person: what failed, what could not be read, always with its raw source. */
@RestController
@RequestMapping("/api/v1/inbound")
@Transactional
public class InboundController {

    private static final int SHOWN = 200;

    @Schema(name = "InboundItem")
    record Item(
            UUID id,
            UUID mailbox,
            Instant receivedAt,
            long size,

            @Schema(allowableValues = {"received", "done", "duplicate", "failed"})
            String state,

            int attempts,
            @Nullable String detail,
            @Nullable UUID ticketId) {}

    private final InboundStore store;
    private final InboundWorkers workers;
    private final BlobStore blobs;
    private final Texts texts;

    InboundController(InboundStore store, InboundWorkers workers, BlobStore blobs, Texts texts) {
        this.store = store;
        this.workers = workers;
        this.blobs = blobs;
        this.texts = texts;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    Page<Item> troubled(Locale reader) {
        return Page.whole(store.troubled(SHOWN)).map(item -> show(item, reader));
    }

    @PostMapping("/{id}/retry")
    @Requires(Action.INBOUND_RETRY)
    Item retry(@PathVariable UUID id, Locale reader) {
        if (!store.retry(id)) {
            throw ProblemException.notFound();
        }
        workers.hint(Workspace.required());
        return show(store.find(id).orElseThrow(ProblemException::notFound), reader);
    }

    @GetMapping("/{id}/raw")
    @Requires(Action.MAILBOX_READ)
    ResponseEntity<byte[]> raw(@PathVariable UUID id) {
        var item = store.find(id).orElseThrow(ProblemException::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("mail.eml")
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(blobs.read(item.blob()));
    }

    private Item show(InboundItem item, Locale reader) {
        var problem = item.problem();
        var unreadable = problem == null && "done".equals(item.state());
        return new Item(
                item.id(),
                item.mailbox(),
                item.receivedAt(),
                item.size(),
                item.state(),
                item.attempts(),
                unreadable
                        ? texts.sentence("thread.unreadable", reader)
                        : problem == null ? null : texts.sentence(problem, reader),
                item.ticket());
    }
}
