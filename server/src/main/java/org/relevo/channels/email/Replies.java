package org.relevo.channels.email;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.ChannelMetrics;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.sending.HeaderText;
import org.relevo.channels.email.sending.Sender;
import org.relevo.channels.email.sending.Senders;
import org.relevo.channels.outbound.OutboundStore;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.channels.outbound.Outgoing.Recipient;
import org.relevo.channels.outbound.RetryPlan;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.platform.jobs.JobHandler;
import org.relevo.platform.jobs.Jobs;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.Delivery.State;
import org.relevo.tickets.Recipients;
import org.relevo.tickets.ReplyHeld;
import org.relevo.tickets.ReplyRescheduled;
import org.relevo.tickets.ReplyRetried;
import org.relevo.tickets.ReplyTakenBack;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.Tickets;
import org.relevo.tickets.VariableText;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends replies: stored with the reply itself, tried by a job, told to the ticket at every step. A process that died while
 * it was sending tries again with the same Message-ID: losing an answer is worse than a copy that mail programs fold.
 */
@Component
class Replies implements JobHandler {

    private static final String KIND = "send-mail";
    private static final int SAID = 3;

    private final OutboundStore store;
    private final MailboxTable mailboxes;
    private final Threads threads;
    private final ReplyAddress addresses;
    private final MailSender sender;
    private final Senders senders;
    private final OutgoingLimits limits;
    private final Tickets tickets;
    private final ChannelMetrics metrics;
    private final ObjectProvider<Jobs> jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Replies(
            OutboundStore store,
            MailboxTable mailboxes,
            Threads threads,
            ReplyAddress addresses,
            MailSender sender,
            Senders senders,
            OutgoingLimits limits,
            Tickets tickets,
            ChannelMetrics metrics,
            ObjectProvider<Jobs> jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.threads = threads;
        this.addresses = addresses;
        this.sender = sender;
        this.senders = senders;
        this.limits = limits;
        this.tickets = tickets;
        this.metrics = metrics;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    @EventListener
    void on(ReplyWritten reply) {
        var mailbox = mailboxes
                .find(new MailboxId(reply.inbox()))
                .orElseThrow(() -> new ProblemException("mailbox-removed", 409));
        limits.check(mailbox.id(), reply.text(), reply.files());
        var sender =
                senders.choose(mailbox.id(), reply.from().sender(), reply.from().addressed());
        var from = from(mailbox, sender, reply.author());
        var signature = sender.filter(_ -> reply.from().signed())
                .map(one -> signature(one, reply))
                .orElse("");
        var headerId = addresses.messageId(reply.message(), mailbox);
        var number = tickets.number(reply.ticket());
        var replyTo = replyTo(mailbox, from, number);
        store.add(new Outgoing(
                reply.message(),
                reply.ticket(),
                reply.inbox(),
                headerId,
                from,
                replyTo,
                listed(reply.recipients()),
                replyTo == null ? SubjectNumber.marked(reply.subject(), number) : reply.subject(),
                reply.text(),
                signature,
                threads.references(reply.ticket()),
                reply.files(),
                reply.at(),
                reply.automatic() ? Outgoing.Nature.AUTOMATIC : Outgoing.Nature.PERSONAL,
                State.QUEUED,
                0,
                null));
        threads.remember(headerId, reply.ticket(), reply.at(), true);
        tickets.leavesAs(reply.message(), from.address(), signature);
        jobs.getObject().schedule(KIND, reply.message(), reply.sendAt());
    }

    private static Outgoing.From from(Mailbox mailbox, Optional<Sender> sender, String author) {
        var address = sender.map(Sender::address).orElse(mailbox.address());
        var name = sender.map(Sender::name).orElse(mailbox.name());
        var shown = author.isEmpty() ? name : author + " · " + name;
        return new Outgoing.From(address, HeaderText.of(shown).value());
    }

    private static String signature(Sender sender, ReplyWritten reply) {
        return VariableText.of(sender.signature(), "/signature")
                .fill(reply.values())
                .text()
                .strip();
    }

    /** An alias of another domain gets the answer itself: nothing tells one brand's customers of another. */
    private @Nullable String replyTo(Mailbox mailbox, Outgoing.From from, long ticket) {
        var same = from.address().endsWith("@" + mailbox.domain());
        return mailbox.plusAddressing() && same
                ? addresses.of(from.address(), ticket).orElse(null)
                : null;
    }

    private static List<Recipient> listed(Recipients recipients) {
        var listed = new ArrayList<Recipient>();
        list(listed, Outgoing.Kind.TO, recipients.to());
        list(listed, Outgoing.Kind.CC, recipients.cc());
        list(listed, Outgoing.Kind.BCC, recipients.bcc());
        return listed;
    }

    private static void list(List<Recipient> listed, Outgoing.Kind kind, List<String> addresses) {
        for (var address : addresses) {
            listed.add(new Recipient(listed.size(), kind, address, State.QUEUED, null));
        }
    }

    @EventListener
    void on(ReplyTakenBack reply) {
        var mail = store.grab(reply.message()).orElseThrow(Replies::alreadySent);
        if (!waits(mail)) {
            throw alreadySent();
        }
        store.state(mail.id(), State.CANCELLED);
        threads.unsent(mail.headerId());
    }

    private static boolean waits(Outgoing mail) {
        return mail.state() == State.HELD || mail.state() == State.QUEUED && mail.attempts() == 0;
    }

    @EventListener
    void on(ReplyRescheduled reply) {
        var mail = store.grab(reply.message()).filter(Replies::waits).orElseThrow(Replies::alreadySent);
        store.state(mail.id(), State.QUEUED);
        jobs.getObject().schedule(KIND, mail.id(), reply.sendAt());
    }

    /** What is leaving at this moment has left. */
    @EventListener
    void on(ReplyHeld reply) {
        store.grab(reply.message()).filter(Replies::waits).ifPresent(mail -> store.state(mail.id(), State.HELD));
    }

    @EventListener
    void on(ReplyRetried reply) {
        var mail = store.grab(reply.message()).orElseThrow(Replies::alreadySent);
        if (mail.state() != State.FAILED && mail.state() != State.UNCERTAIN && mail.state() != State.QUEUED) {
            throw alreadySent();
        }
        store.restart(mail.id());
        tell(mail, State.QUEUED, 0, null, null);
        jobs.getObject().schedule(KIND, mail.id(), clock.instant());
    }

    private static ProblemException alreadySent() {
        return new ProblemException("already-sent", 409);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(UUID id) {
        var begun = transaction.execute(_ -> begin(id));
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        var mail = begun.get();
        var mailbox = mailboxes.find(new MailboxId(mail.mailbox()));
        if (mailbox.isEmpty()) {
            return end(mail, State.FAILED, Reason.of("delivery.mailbox-removed"));
        }
        if (mail.waiting().isEmpty()) { // everybody answered, and we died before we could note what came of it
            return conclude(mail, mail.recipients(), mailbox.get());
        }
        var tried = sender.send(mail, mailbox.get(), mailboxes.account(mailbox.get()));
        if (tried.largest().isPresent()) {
            limits.learn(mailbox.get().id(), tried.largest());
        }
        return switch (tried.outcome()) {
            case MailSender.Outcome.Answered(var answered) -> answered(mail, answered, mailbox.get());
            case MailSender.Outcome.Never(Reason reason) -> end(mail, State.FAILED, reason);
            case MailSender.Outcome.Later(Reason reason) -> later(mail, reason);
        };
    }

    private Optional<Instant> answered(Outgoing mail, List<Recipient> answered, Mailbox mailbox) {
        transaction.executeWithoutResult(_ -> store.answered(mail.id(), answered));
        return conclude(mail, merged(mail.recipients(), answered), mailbox);
    }

    private Optional<Instant> conclude(Outgoing mail, List<Recipient> all, Mailbox mailbox) {
        if (all.stream().anyMatch(one -> one.state() == State.QUEUED)) {
            return later(mail, Reason.of("delivery.not-now", words(all, State.QUEUED)));
        }
        if (all.stream().anyMatch(one -> one.state() == State.UNCERTAIN)) {
            return end(
                    mail,
                    State.UNCERTAIN,
                    Reason.of("delivery.line-broke", mailbox.smtp().host()));
        }
        return all.stream().anyMatch(one -> one.state() == State.FAILED)
                ? end(mail, State.FAILED, refused(all))
                : end(mail, State.SENT, null);
    }

    private static List<Recipient> merged(List<Recipient> before, List<Recipient> answered) {
        return before.stream()
                .map(one -> answered.stream()
                        .filter(newer -> newer.place() == one.place())
                        .findFirst()
                        .orElse(one))
                .toList();
    }

    private static Reason refused(List<Recipient> all) {
        var got = all.stream().filter(one -> one.state() == State.SENT).toList();
        return got.isEmpty()
                ? Reason.of("delivery.refused", words(all, State.FAILED))
                : Reason.of("delivery.partly", addresses(got), words(all, State.FAILED));
    }

    private static String addresses(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::address).collect(Collectors.joining(", "));
    }

    /** The server's words; with the address before them where there are several. */
    private static String words(List<Recipient> all, State state) {
        return all.stream()
                .filter(one -> one.state() == state && one.words() != null)
                .map(one -> all.size() == 1 ? one.words() : one.address() + ": " + one.words())
                .limit(SAID)
                .collect(Collectors.joining("; "));
    }

    private Optional<Outgoing> begin(UUID id) {
        return store.lock(id)
                .filter(mail -> mail.state() == State.QUEUED || mail.state() == State.SENDING)
                .map(mail -> {
                    store.trying(id, clock.instant());
                    tell(mail, State.SENDING, mail.attempts() + 1, null, null);
                    return mail;
                });
    }

    private Optional<Instant> later(Outgoing mail, Reason reason) {
        var now = clock.instant();
        var tries = mail.attempts() + 1;
        var next = RetryPlan.next(tries, mail.firstTryAt() == null ? now : mail.firstTryAt(), now);
        if (next.isEmpty()) {
            return end(mail, State.FAILED, reason);
        }
        transaction.executeWithoutResult(_ -> {
            store.state(mail.id(), State.QUEUED);
            tell(mail, State.QUEUED, tries, next.get(), reason);
        });
        return next;
    }

    private Optional<Instant> end(Outgoing mail, State state, @Nullable Reason reason) {
        transaction.executeWithoutResult(_ -> {
            if (state == State.FAILED) {
                store.gaveUp(mail.id());
            }
            store.state(mail.id(), state);
            tell(mail, state, mail.attempts() + 1, null, reason);
        });
        return Optional.empty();
    }

    private void tell(Outgoing mail, State state, int attempts, @Nullable Instant next, @Nullable Reason reason) {
        metrics.reply(state);
        tickets.delivery(mail.id(), new Delivery(state, clock.instant(), attempts, next, reason, told(mail.id())));
    }

    private List<Delivery.Recipient> told(UUID mail) {
        return store.recipients(mail).stream()
                .map(one -> new Delivery.Recipient(one.address(), one.state(), one.words()))
                .toList();
    }
}
