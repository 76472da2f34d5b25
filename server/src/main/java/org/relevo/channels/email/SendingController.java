package org.relevo.channels.email;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.sending.Sender;
import org.relevo.channels.email.sending.Senders;
import org.relevo.platform.RelevoProperties;
import org.relevo.tickets.Desk;
import org.relevo.tickets.Desk.Correspondence;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Variable;
import org.relevo.tickets.VariableText;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What somebody who answers by mail chooses from, before they send. */
@RestController
public class SendingController {

    @Schema(name = "SendingChoice")
    record Choice(
            @Nullable UUID id,
            String address,
            String name,
            @Nullable String signature,
            List<String> missing) {}

    record Sending(
            List<String> to,

            @Schema(description = "Others who were named in the customer's last message; nobody is added by itself.")
            List<String> offered,

            @Schema(description = "As whom it can be sent; the first is taken unless another is chosen.")
            List<Choice> senders,

            @Schema(
                    description =
                            "What the outgoing server takes at most, in bytes, files a third larger than they are.")
            @Nullable
            Long largestMail,

            long largestFile,
            int undoSeconds) {}

    private final Desk desk;
    private final MailboxTable mailboxes;
    private final Senders senders;
    private final OutgoingLimits limits;
    private final RelevoProperties properties;

    SendingController(
            Desk desk, MailboxTable mailboxes, Senders senders, OutgoingLimits limits, RelevoProperties properties) {
        this.desk = desk;
        this.mailboxes = mailboxes;
        this.senders = senders;
        this.limits = limits;
        this.properties = properties;
    }

    @GetMapping("/api/v1/tickets/{id}/sending")
    @Requires(Action.TICKET_REPLY)
    @Transactional(readOnly = true)
    public Sending sending(@PathVariable TicketId id, Actor actor) {
        var correspondence = desk.correspondence(actor, id);
        var mailbox = correspondence.inbox() == null
                ? null
                : mailboxes.find(new MailboxId(correspondence.inbox())).orElse(null);
        var largest = mailbox == null ? null : limits.largest(mailbox.id());
        return new Sending(
                correspondence.customer() == null ? List.of() : List.of(correspondence.customer()),
                offered(correspondence),
                mailbox == null ? List.of() : choices(mailbox, correspondence),
                largest == null || largest.isEmpty() ? null : largest.getAsLong(),
                properties.attachments().toBytes(),
                (int) properties.undo().toSeconds());
    }

    private List<Choice> choices(Mailbox mailbox, Correspondence correspondence) {
        var addressed = Stream.concat(correspondence.to().stream(), correspondence.cc().stream())
                .toList();
        var first = senders.choose(mailbox.id(), null, addressed);
        if (first.isEmpty()) {
            return Stream.concat(
                            Stream.of(new Choice(null, mailbox.address(), mailbox.name(), null, List.of())),
                            senders.of(mailbox.id()).stream().map(sender -> choice(sender, correspondence)))
                    .toList();
        }
        return Stream.concat(
                        first.stream(), senders.of(mailbox.id()).stream().filter(sender -> !sender.equals(first.get())))
                .map(sender -> choice(sender, correspondence))
                .toList();
    }

    private static Choice choice(Sender sender, Correspondence correspondence) {
        var filled = VariableText.of(sender.signature(), "/signature").fill(correspondence.values());
        return new Choice(
                sender.id(),
                sender.address(),
                sender.name(),
                filled.text().isBlank() ? null : filled.text().strip(),
                filled.missing().stream().map(Variable::word).toList());
    }

    private List<String> offered(Correspondence correspondence) {
        var own = Stream.concat(mailboxes.all().stream().map(Mailbox::address), senders.addresses().stream())
                .collect(Collectors.toSet());
        return Stream.concat(correspondence.to().stream(), correspondence.cc().stream())
                .filter(address -> !own.contains(unsigned(address)))
                .filter(address -> !address.equalsIgnoreCase(String.valueOf(correspondence.customer())))
                .distinct()
                .toList();
    }

    /** A signed address of ours is ours. */
    private static String unsigned(String address) {
        var plain = address.toLowerCase(Locale.ROOT);
        var plus = plain.indexOf('+');
        var at = plain.indexOf('@');
        return plus < 0 || at < plus ? plain : plain.substring(0, plus) + plain.substring(at);
    }
}
