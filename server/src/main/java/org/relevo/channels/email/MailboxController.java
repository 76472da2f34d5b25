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
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.signin.OAuthClient;
import org.relevo.channels.email.signin.OAuthProvider;
import org.relevo.channels.email.signin.SignIns;
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

            @Schema(description = "Absent: imap for a new mailbox; a known one stays as it is.") @Nullable
            Receiving receives,

            @Schema(description = "Needed unless its mail is forwarded.") @Nullable @Valid
            MailServer imap,

            @NotNull @Valid MailServer smtp,

            @Schema(description = "Empty leaves a known mailbox's password as it is.") @NotNull @Size(max = 500)
            String password,

            @Schema(description = "Which folders are read; absent for those that are read already, or else the INBOX.")
            @Nullable
            @Size(max = 50)
            List<@NotBlank @Size(max = 500) String> folders,

            @Schema(description = "With it the sign-in is by OAuth. Absent, with an empty password: as it is.")
            @Nullable
            @Valid
            OAuthRequest oauth,

            @Nullable @Size(max = 254) String username,
            @Nullable @Min(0) @Max(3650) Integer historyDays,
            @Nullable UUID teamId,

            @Schema(
                    description =
                            "Whether its server delivers name+anything@ to name@: then answers and bounces come to"
                                    + " signed addresses. Absent: as it is, false for a new mailbox.")
            @Nullable
            Boolean plusAddressing) {

        Mailboxes.Settings settings(Receiving usual, boolean usuallyPlus) {
            var way = receives == null ? usual : receives;
            if (way == Receiving.IMAP && imap == null) {
                throw ProblemException.invalid("/imap", "field.imap-missing");
            }
            return new Mailboxes.Settings(
                    address,
                    name,
                    way,
                    imap,
                    smtp,
                    username == null || username.isBlank() ? address : username,
                    password,
                    teamId,
                    historyDays == null ? USUAL_HISTORY_DAYS : historyDays,
                    plusAddressing == null ? usuallyPlus : plusAddressing,
                    folders == null ? List.of() : folders,
                    oauth == null ? null : oauth.client());
        }
    }

    /**
     * @param clientSecret empty for a public client, or to leave a known one as it is
     * @param authorizationUrl absent for the provider's own; another provider must name it, and the next two
     */
    @Schema(name = "MailboxOAuthRequest")
    record OAuthRequest(
            @NotNull OAuthProvider provider,
            @NotBlank @Size(max = 500) String clientId,
            @NotNull @Size(max = 500) String clientSecret,
            @Nullable @Size(max = 500) String authorizationUrl,
            @Nullable @Size(max = 500) String tokenUrl,
            @Nullable @Size(max = 1000) String scope) {

        OAuthClient client() {
            return OAuthClient.of(provider, authorizationUrl, tokenUrl, scope, clientId, clientSecret);
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

    /**
     * @param failuresInARow tries that failed since it last worked
     * @param silentSince when the last mail came, if that is longer ago than is usual; a warning
     * @param unreadable what waits for a person: mails that could not be taken in or not be read
     * @param quarantined mails that the server lists and does not give
     */
    record MailboxHealth(
            Mailbox.State state,
            Instant since,
            @Nullable Instant lastContactAt,
            @Nullable Instant lastArrivalAt,
            @Nullable String problem,
            int failuresInARow,
            @Nullable Instant nextTryAt,
            @Nullable Instant silentSince,
            long received,
            long waiting,
            long unreadable,
            long quarantined) {}

    /**
     * @param provider absent when the sign-in is by password; with it all the others
     * @param returnAddress what to enter at the provider as the address to come back to
     * @param needsPerson whether somebody has to sign in at the provider's page now
     */
    @Schema(name = "MailboxSignIn")
    record SignInView(
            SignIn kind,
            @Nullable OAuthProvider provider,
            @Nullable String clientId,
            @Nullable String authorizationUrl,
            @Nullable String tokenUrl,
            @Nullable String scope,
            String returnAddress,
            @Nullable Instant signedInAt,
            @Nullable Instant tokenExpiresAt,
            boolean needsPerson) {}

    /**
     * @param imap absent when its mail is forwarded
     * @param forwardingAddress where its mail is to be forwarded to: whoever knows it can write to the mailbox unproven,
     *     so only those see it who manage mailboxes
     */
    @Schema(name = "Mailbox")
    record MailboxView(
            MailboxId id,
            String address,
            String name,
            Receiving receives,
            @Nullable MailServer imap,
            @Nullable String forwardingAddress,
            MailServer smtp,
            String username,
            SignInView signIn,
            List<String> folders,
            @Nullable UUID teamId,
            boolean plusAddressing,
            MailboxHealth health) {}

    private final Mailboxes mailboxes;
    private final MailboxTable table;
    private final MailboxCheck check;
    private final InboundStore inbound;
    private final SignIns signIns;
    private final ForwardingAddress forwarding;
    private final Gate gate;
    private final Texts texts;

    MailboxController(
            Mailboxes mailboxes,
            MailboxTable table,
            MailboxCheck check,
            InboundStore inbound,
            SignIns signIns,
            ForwardingAddress forwarding,
            Gate gate,
            Texts texts) {
        this.forwarding = forwarding;
        this.gate = gate;
        this.signIns = signIns;
        this.mailboxes = mailboxes;
        this.table = table;
        this.check = check;
        this.inbound = inbound;
        this.texts = texts;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    @Transactional(readOnly = true)
    public Page<MailboxView> all(Actor actor, Locale reader) {
        var counts = inbound.counts();
        var known = signIns.all();
        var manages = gate.actions(actor).contains(Action.MAILBOX_MANAGE);
        return Page.whole(table.all()).map(mailbox -> show(mailbox, manages, counts, known, reader));
    }

    @PostMapping("/check")
    @Requires(Action.MAILBOX_MANAGE)
    CheckResult check(@Valid @RequestBody MailboxRequest request, Locale reader) {
        var steps = check.check(request.settings(Receiving.IMAP, false).account()).stream()
                .map(step -> new CheckStep(step.step(), step.ok(), step.millis(), sentence(step.problem(), reader)))
                .toList();
        return new CheckResult(steps.stream().allMatch(step -> Boolean.TRUE.equals(step.ok())), steps);
    }

    @PostMapping
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public MailboxView add(@Valid @RequestBody MailboxRequest request, Locale reader) {
        return show(mailboxes.add(possible(request.settings(Receiving.IMAP, false))), reader);
    }

    @PutMapping("/{id}")
    @Requires(Action.MAILBOX_MANAGE)
    @Transactional
    public MailboxView change(@PathVariable MailboxId id, @Valid @RequestBody MailboxRequest request, Locale reader) {
        var known = table.find(id).orElseThrow(ProblemException::notFound);
        mailboxes.change(id, possible(request.settings(known.receives(), known.plusAddressing())));
        return show(id, reader);
    }

    @DeleteMapping("/{id}")
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable MailboxId id) {
        mailboxes.remove(id);
    }

    private Mailboxes.Settings possible(Mailboxes.Settings settings) {
        if (settings.receives() == Receiving.FORWARDING && !forwarding.isOpen()) {
            throw ProblemException.invalid("/receives", "field.forwarding-off");
        }
        return settings;
    }

    private MailboxView show(MailboxId id, Locale reader) {
        var mailbox = table.find(id).orElseThrow(ProblemException::notFound);
        return show(mailbox, true, inbound.counts(), signIns.all(), reader);
    }

    private MailboxView show(
            Mailbox mailbox,
            boolean manages,
            Map<UUID, InboundStore.Count> counts,
            Map<MailboxId, SignIns.Shown> known,
            Locale reader) {
        var count = counts.getOrDefault(mailbox.id().value(), InboundStore.Count.NONE);
        var health = mailbox.health();
        return new MailboxView(
                mailbox.id(),
                mailbox.address(),
                mailbox.name(),
                mailbox.receives(),
                mailbox.imap(),
                manages ? forwarding.of(mailbox).orElse(null) : null,
                mailbox.smtp(),
                mailbox.username(),
                signIn(known.get(mailbox.id())),
                mailbox.folders(),
                mailbox.team(),
                mailbox.plusAddressing(),
                new MailboxHealth(
                        health.state(),
                        health.since(),
                        health.lastContactAt(),
                        count.lastArrivalAt(),
                        sentence(health.problem(), reader),
                        health.failures(),
                        health.nextTryAt(),
                        health.silentSince(),
                        count.received(),
                        count.waiting(),
                        count.failed() + count.unreadable(),
                        count.quarantined()));
    }

    private SignInView signIn(SignIns.@Nullable Shown shown) {
        var back = signIns.returnAddress();
        return shown == null
                ? new SignInView(SignIn.PASSWORD, null, null, null, null, null, back, null, null, false)
                : new SignInView(
                        SignIn.OAUTH,
                        shown.provider(),
                        shown.clientId(),
                        shown.authorizationUrl(),
                        shown.tokenUrl(),
                        shown.scope(),
                        back,
                        shown.signedInAt(),
                        shown.tokenExpiresAt(),
                        shown.needsPerson());
    }

    private @Nullable String sentence(@Nullable Reason reason, Locale reader) {
        return reason == null ? null : texts.sentence(reason, reader);
    }
}
