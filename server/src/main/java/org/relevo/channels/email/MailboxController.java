package org.relevo.channels.email;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.platform.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/mailboxes")
class MailboxController {

    private static final int USUAL_HISTORY_DAYS = 90;

    record MailboxRequest(
            @NotBlank @Email @Size(max = 254) String address,
            @NotBlank @Size(max = 120) String name,
            @NotNull @Valid MailServer imap,
            @NotNull @Valid MailServer smtp,

            @Schema(description = "Empty leaves a known mailbox's password as it is.") @NotNull @Size(max = 500)
            String password,

            @Nullable @Size(max = 254) String username,
            @Nullable @Min(0) @Max(3650) Integer historyDays,
            @Nullable UUID teamId) {

        Mailboxes.Settings settings() {
            return new Mailboxes.Settings(
                    address,
                    name,
                    imap,
                    smtp,
                    username == null || username.isBlank() ? address : username,
                    password,
                    teamId,
                    historyDays == null ? USUAL_HISTORY_DAYS : historyDays,
                    false);
        }
    }

    record CheckStep(
            @Schema(
                    allowableValues = {
                        "reach",
                        "sign-in",
                        "folder",
                        "smtp",
                        "smtp-sign-in",
                        "shop-reach",
                        "shop-key",
                        "shop-orders"
                    })
            String step,

            @Nullable Boolean ok,
            @Nullable Long millis,
            @Nullable String detail) {}

    record CheckResult(boolean ok, List<CheckStep> steps) {}

    record MailboxHealth(
            Mailbox.State state,
            Instant since,
            @Nullable Instant lastContactAt,
            @Nullable String problem,
            long received,
            long waiting,
            long unreadable) {}

    @Schema(name = "Mailbox")
    record MailboxView(
            MailboxId id,
            String address,
            String name,
            MailServer imap,
            MailServer smtp,
            String username,
            @Nullable UUID teamId,
            MailboxHealth health) {}

    private final Mailboxes mailboxes;
    private final MailboxTable table;
    private final MailboxCheck check;
    private final InboundStore inbound;
    private final Texts texts;

    MailboxController(Mailboxes mailboxes, MailboxTable table, MailboxCheck check, InboundStore inbound, Texts texts) {
        this.mailboxes = mailboxes;
        this.table = table;
        this.check = check;
        this.inbound = inbound;
        this.texts = texts;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    @Transactional(readOnly = true)
    public Page<MailboxView> all(Locale reader) {
        var counts = inbound.counts();
        return Page.whole(table.all()).map(mailbox -> show(mailbox, counts, reader));
    }

    @PostMapping("/check")
    @Requires(Action.MAILBOX_MANAGE)
    CheckResult check(@Valid @RequestBody MailboxRequest request, Locale reader) {
        var steps = check.check(request.settings().account()).stream()
                .map(step -> new CheckStep(step.step(), step.ok(), step.millis(), sentence(step.problem(), reader)))
                .toList();
        return new CheckResult(steps.stream().allMatch(step -> Boolean.TRUE.equals(step.ok())), steps);
    }

    @PostMapping
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public MailboxView add(@Valid @RequestBody MailboxRequest request, Locale reader) {
        return show(mailboxes.add(request.settings()), reader);
    }

    @PutMapping("/{id}")
    @Requires(Action.MAILBOX_MANAGE)
    @Transactional
    public MailboxView change(@PathVariable MailboxId id, @Valid @RequestBody MailboxRequest request, Locale reader) {
        mailboxes.change(id, request.settings());
        return show(id, reader);
    }

    @DeleteMapping("/{id}")
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable MailboxId id) {
        mailboxes.remove(id);
    }

    private MailboxView show(MailboxId id, Locale reader) {
        return show(table.find(id).orElseThrow(ProblemException::notFound), inbound.counts(), reader);
    }

    private MailboxView show(Mailbox mailbox, Map<UUID, InboundStore.Count> counts, Locale reader) {
        var count = counts.getOrDefault(mailbox.id().value(), new InboundStore.Count(0, 0, 0));
        var health = mailbox.health();
        return new MailboxView(
                mailbox.id(),
                mailbox.address(),
                mailbox.name(),
                mailbox.imap(),
                mailbox.smtp(),
                mailbox.username(),
                mailbox.team(),
                new MailboxHealth(
                        health.state(),
                        health.since(),
                        health.lastContactAt(),
                        sentence(health.problem(), reader),
                        count.received(),
                        count.waiting(),
                        count.unreadable()));
    }

    private @Nullable String sentence(@Nullable Reason reason, Locale reader) {
        return reason == null ? null : texts.sentence(reason, reader);
    }
}
