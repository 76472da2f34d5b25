package org.relevo.channels.inbound;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.relevo.platform.TimeCursor;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What arrived, above all what waits for a person: what failed, what could not be read or had, always with its source. */
@RestController
@RequestMapping("/api/v1/inbound")
@Transactional
public class InboundController {

    private static final int MOST_A_PAGE = 200;
    private static final int MOST_RETRIED = 1000;

    /**
     * @param folder the folder it came from, if from a mail server
     * @param arrivedAt when its server took it in, if it says; {@code receivedAt} is when it was stored here
     * @param size bytes at the source; of a quarantined mail the source here holds the headers only
     * @param nextTryAt while it waits to be understood
     */
    @Schema(name = "InboundItem")
    record Item(
            UUID id,
            UUID mailbox,
            @Nullable String folder,
            Instant receivedAt,
            @Nullable Instant arrivedAt,
            long size,
            InboundState state,
            boolean unreadable,
            int attempts,
            @Nullable Instant nextTryAt,
            @Nullable String detail,
            @Nullable UUID ticketId) {}

    @Schema(name = "InboundRetried")
    record Retried(int items) {}

    private final InboundStore store;
    private final InboundWorkers workers;
    private final BlobStore blobs;
    private final ApplicationEventPublisher events;
    private final Texts texts;

    InboundController(
            InboundStore store,
            InboundWorkers workers,
            BlobStore blobs,
            ApplicationEventPublisher events,
            Texts texts) {
        this.store = store;
        this.workers = workers;
        this.blobs = blobs;
        this.events = events;
        this.texts = texts;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    Page<Item> list(
            @RequestParam @Nullable UUID mailbox,
            @RequestParam(defaultValue = "troubled") InboundFilter state,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Locale reader) {
        var size = Math.clamp(limit, 1, MOST_A_PAGE);
        var after = cursor == null ? null : TimeCursor.read(cursor);
        return Page.cut(
                        store.list(state, mailbox, after, size + 1),
                        size,
                        item -> new TimeCursor(item.receivedAt(), item.id()).text())
                .map(item -> show(item, reader));
    }

    @PostMapping("/{id}/retry")
    @Requires(Action.INBOUND_RETRY)
    Item retry(@PathVariable UUID id, Locale reader) {
        var item = store.find(id).orElseThrow(ProblemException::notFound);
        if (!fetchAgain(item) && !store.retry(id)) {
            throw ProblemException.notFound();
        }
        workers.hint(Workspace.required());
        return show(store.find(id).orElseThrow(ProblemException::notFound), reader);
    }

    /** Takes an item out of what waits for a person: it is dealt with. It stays, with its source. */
    @PostMapping("/{id}/dismiss")
    @Requires(Action.INBOUND_RETRY)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dismiss(@PathVariable UUID id) {
        if (!store.dismiss(id)) {
            throw ProblemException.notFound();
        }
    }

    /** Tries everything once more that failed or is quarantined, of one mailbox or of all. */
    @PostMapping("/retry")
    @Requires(Action.INBOUND_RETRY)
    Retried retryAll(@RequestParam @Nullable UUID mailbox) {
        var quarantined = store.list(InboundFilter.QUARANTINED, mailbox, null, MOST_RETRIED).stream()
                .filter(this::fetchAgain)
                .count();
        var failed = store.retryAll(mailbox);
        workers.hint(Workspace.required());
        return new Retried(failed + Math.toIntExact(quarantined));
    }

    private boolean fetchAgain(InboundItem item) {
        if (item.state() != InboundState.QUARANTINED || item.place() == null) {
            return false;
        }
        events.publishEvent(new FetchAgain(item.mailbox(), item.place()));
        return true;
    }

    @GetMapping("/{id}/raw")
    @Requires(Action.MAILBOX_READ)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<Resource> raw(@PathVariable UUID id) throws IOException {
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
                .body(new InputStreamResource(blobs.open(item.blob())));
    }

    private Item show(InboundItem item, Locale reader) {
        return new Item(
                item.id(),
                item.mailbox(),
                item.place() == null ? null : item.place().folder(),
                item.receivedAt(),
                item.internalDate(),
                item.size(),
                item.state(),
                item.unreadable(),
                item.attempts(),
                item.state() == InboundState.RECEIVED ? item.nextAt() : null,
                detail(item, reader),
                item.ticket());
    }

    private @Nullable String detail(InboundItem item, Locale reader) {
        if (item.problem() != null) {
            return texts.sentence(item.problem(), reader);
        }
        return item.unreadable() ? texts.sentence("thread.unreadable", reader) : null;
    }
}
