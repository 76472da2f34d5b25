package org.relevo.channels.email;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.trust.Authentication;
import org.relevo.channels.inbound.InboundFilter;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.platform.ProblemException;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.VariableText;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens to the mail of a mailbox beyond becoming a ticket: whose word counts, what the sender is told. */
@RestController
@RequestMapping("/api/v1/mailboxes/{id}/handling")
class HandlingController {

    private static final int NEWEST = 20;
    private static final long SMALL = 1_000_000;

    record HandlingRequest(
            @NotNull @Size(max = 10) List<@NotNull @Pattern(regexp = "[^\\s;]{1,253}") String> trustedServers,

            @Schema(description = "Absent or blank: nothing is sent.") @Nullable @Size(max = 2_000)
            String acknowledgement) {}

    /**
     * How mail is handled.
     *
     * @param seenServers who signs the verdicts in the newest mails: candidates for trust
     */
    @Schema(name = "MailboxHandling")
    record HandlingView(
            List<String> trustedServers, @Nullable String acknowledgement, List<SeenServer> seenServers) {}

    record SeenServer(String name, int mails) {}

    private final MailboxTable mailboxes;
    private final InboundStore inbound;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;

    HandlingController(MailboxTable mailboxes, InboundStore inbound, BlobStore blobs, TransactionTemplate transaction) {
        this.mailboxes = mailboxes;
        this.inbound = inbound;
        this.blobs = blobs;
        this.transaction = transaction;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    HandlingView handling(@PathVariable MailboxId id) {
        var handling = known(id).handling();
        return new HandlingView(handling.trustedServers(), handling.acknowledgement(), seen(id));
    }

    @PutMapping
    @Requires(Action.MAILBOX_MANAGE)
    HandlingView handle(@PathVariable MailboxId id, @Valid @RequestBody HandlingRequest request) {
        var mailbox = known(id);
        var servers = request.trustedServers().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        var text = request.acknowledgement() == null
                ? ""
                : request.acknowledgement().strip();
        VariableText.check(text, "/acknowledgement");
        mailboxes.handle(mailbox.id(), new Mailbox.Handling(servers, text.isEmpty() ? null : text));
        return handling(id);
    }

    private Mailbox known(MailboxId id) {
        return mailboxes.find(id).orElseThrow(ProblemException::notFound);
    }

    private List<SeenServer> seen(MailboxId id) {
        var newest = Objects.requireNonNull(
                transaction.execute(_ -> inbound.list(InboundFilter.ALL, id.value(), null, NEWEST)));
        var parser = new MailParser();
        var names = newest.stream()
                .filter(item -> item.size() <= SMALL)
                .flatMap(item -> Authentication.topmostAuthority(parser.parse(blobs.read(item.blob()))).stream())
                .toList();
        return names.stream()
                .distinct()
                .map(name -> new SeenServer(
                        name, (int) names.stream().filter(name::equals).count()))
                .toList();
    }
}
