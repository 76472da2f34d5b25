package org.relevo.channels.email.receiving;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailTrouble;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Receiving;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a mailbox is doing, what happened to it, and which folders it has. */
@RestController
@RequestMapping("/api/v1/mailboxes/{id}")
class HealthController {

    /**
     * @param failuresInARow tries that failed since it last worked
     * @param silentSince when the last mail came, if that is longer ago than three usual gaps; a warning
     * @param usualGapSeconds the mean time between two mails of the last thirty days, when there are enough of them
     * @param oldestNotUnderstoodAt when the oldest came that is stored and waits to become a message
     * @param oldestNotStoredAt since when the oldest lies at the server that is not stored here
     * @param notGiven mails that the server lists and has not given so far
     * @param atSource mails at the server by the last sweep, {@code null} before the first; with it stored and shown
     */
    @Schema(name = "MailboxHealthDetail")
    record Health(
            Mailbox.State state,
            Instant since,
            @Nullable Instant lastContactAt,
            @Nullable Instant lastArrivalAt,
            @Nullable String problem,
            int failuresInARow,
            @Nullable Instant nextTryAt,
            @Nullable Instant silentSince,
            @Nullable Long usualGapSeconds,
            @Nullable Instant oldestNotUnderstoodAt,
            @Nullable Instant oldestNotStoredAt,
            long received,
            long waiting,
            long failed,
            long unreadable,
            long quarantined,
            long notGiven,
            @Nullable Long atSource,
            @Nullable Long stored,
            @Nullable Long shown,
            @Nullable Instant sweptAt,
            List<FolderHealth> folders) {}

    @Schema(name = "MailboxFolderHealth")
    record FolderHealth(
            String name,
            long behind,
            @Nullable Long atSource,
            @Nullable Long stored,
            @Nullable Long shown,
            @Nullable Instant sweptAt) {}

    @Schema(name = "MailboxHappening")
    record Happening(Instant at, boolean trouble, String code, String detail) {}

    private final MailboxTable mailboxes;
    private final FolderTable folders;
    private final MailboxHealth health;
    private final MailboxLog log;
    private final MailboxWatch watch;
    private final InboundStore inbound;
    private final Texts texts;

    HealthController(
            MailboxTable mailboxes,
            FolderTable folders,
            MailboxHealth health,
            MailboxLog log,
            MailboxWatch watch,
            InboundStore inbound,
            Texts texts) {
        this.mailboxes = mailboxes;
        this.folders = folders;
        this.health = health;
        this.log = log;
        this.watch = watch;
        this.inbound = inbound;
        this.texts = texts;
    }

    @GetMapping("/health")
    @Requires(Action.MAILBOX_READ)
    @Transactional(readOnly = true)
    public Health health(@PathVariable MailboxId id, Locale reader) {
        var mailbox = mailboxes.find(id).orElseThrow(ProblemException::notFound);
        var now = mailbox.health();
        var count = inbound.counts().getOrDefault(id.value(), InboundStore.Count.NONE);
        var progress = folders.progress(id).stream()
                .filter(folder -> mailbox.folders().contains(folder.folder()))
                .toList();
        var lack = folders.lack(id);
        var gap = health.silence(id).flatMap(Silence::usualGap);
        return new Health(
                now.state(),
                now.since(),
                now.lastContactAt(),
                count.lastArrivalAt(),
                now.problem() == null ? null : texts.sentence(now.problem(), reader),
                now.failures(),
                now.nextTryAt(),
                now.silentSince(),
                gap.map(java.time.Duration::toSeconds).orElse(null),
                count.oldestWaitingAt(),
                oldestBehind(progress, lack.since()),
                count.received(),
                count.waiting(),
                count.failed(),
                count.unreadable(),
                count.quarantined(),
                lack.mails(),
                sum(progress, FolderTable.Progress::atSource),
                sum(progress, FolderTable.Progress::stored),
                sum(progress, FolderTable.Progress::shown),
                progress.stream()
                        .map(FolderTable.Progress::sweptAt)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                progress.stream().map(HealthController::show).toList());
    }

    private static @Nullable Instant oldestBehind(List<FolderTable.Progress> progress, @Nullable Instant lack) {
        var oldest = lack;
        for (var folder : progress) {
            oldest = MailboxHealth.earlier(oldest, folder.oldestBehindAt());
        }
        return oldest;
    }

    private interface Figure {
        @Nullable
        Long of(FolderTable.Progress folder);
    }

    private static @Nullable Long sum(List<FolderTable.Progress> progress, Figure figure) {
        Long sum = null;
        for (var folder : progress) {
            var number = figure.of(folder);
            if (number != null) {
                sum = number + (sum == null ? 0 : sum);
            }
        }
        return sum;
    }

    private static FolderHealth show(FolderTable.Progress folder) {
        return new FolderHealth(
                folder.folder(), folder.behind(), folder.atSource(), folder.stored(), folder.shown(), folder.sweptAt());
    }

    /** The last hundred happenings, newest first. */
    @GetMapping("/log")
    @Requires(Action.MAILBOX_READ)
    Page<Happening> log(@PathVariable MailboxId id, Locale reader) {
        var mailbox = mailboxes.find(id).orElseThrow(ProblemException::notFound);
        return Page.whole(log.of(mailbox.id()))
                .map(entry -> new Happening(
                        entry.at(), entry.trouble(), entry.reason().code(), texts.sentence(entry.reason(), reader)));
    }

    /** Compares the mailbox with its server soon; the counts change when it is done. */
    @PostMapping("/sweep")
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void sweep(@PathVariable MailboxId id) {
        var mailbox = mailboxes.find(id).orElseThrow(ProblemException::notFound);
        watch.sweep(mailbox.id());
    }

    /** The folders at the server, for choosing which are read. */
    @GetMapping("/folders")
    @Requires(Action.MAILBOX_MANAGE)
    Page<RemoteFolder> folders(@PathVariable MailboxId id, Locale reader) {
        var mailbox = mailboxes.find(id).orElseThrow(ProblemException::notFound);
        if (mailbox.receives() == Receiving.FORWARDING) {
            return Page.whole(List.of());
        }
        try (var line = ImapConnection.open(mailboxes.account(mailbox))) {
            return Page.whole(line.folders(mailbox.folders()));
        } catch (MessagingException e) {
            throw new ProblemException(
                    "mailbox-unreachable", 502, e, texts.sentence(MailTrouble.of(e, mailbox.incoming()), reader));
        }
    }
}
