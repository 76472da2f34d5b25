package org.relevo.channels.email;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.ChannelMetrics;
import org.relevo.channels.MailboxId;
import org.relevo.channels.outbound.OutboundStore;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.channels.outbound.RetryPlan;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.platform.jobs.JobHandler;
import org.relevo.platform.jobs.Jobs;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.Delivery.State;
import org.relevo.tickets.ReplyRetried;
import org.relevo.tickets.ReplyTakenBack;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.Tickets;
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

    private final OutboundStore store;
    private final MailboxTable mailboxes;
    private final Threads threads;
    private final ReplyAddress addresses;
    private final MailSender sender;
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
        var headerId = addresses.messageId(reply.message(), mailbox);
        var replyTo = mailbox.plusAddressing() ? addresses.of(mailbox, reply.ticket()) : null;
        store.add(new Outgoing(
                reply.message(),
                reply.ticket(),
                reply.inbox(),
                headerId,
                replyTo,
                reply.to(),
                reply.subject(),
                reply.text(),
                reply.author(),
                threads.references(reply.ticket()),
                reply.files(),
                reply.at(),
                State.QUEUED,
                0,
                null));
        threads.remember(headerId, reply.ticket(), reply.at(), true);
        jobs.getObject().schedule(KIND, reply.message(), reply.sendAt());
    }

    @EventListener
    void on(ReplyTakenBack reply) {
        var mail = store.grab(reply.message()).orElseThrow(Replies::alreadySent);
        if (mail.state() != State.QUEUED || mail.attempts() > 0) {
            throw alreadySent();
        }
        store.state(mail.id(), State.CANCELLED);
        threads.unsent(mail.headerId());
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
        var outcome = sender.send(mail, mailbox.get(), mailboxes.account(mailbox.get()));
        return switch (outcome) {
            case MailSender.Outcome.Sent _ -> end(mail, State.SENT, null);
            case MailSender.Outcome.Never(Reason reason) -> end(mail, State.FAILED, reason);
            case MailSender.Outcome.Unknown(Reason reason) -> end(mail, State.UNCERTAIN, reason);
            case MailSender.Outcome.Later(Reason reason) -> later(mail, reason);
        };
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
            store.state(mail.id(), state);
            tell(mail, state, mail.attempts() + 1, null, reason);
        });
        return Optional.empty();
    }

    private void tell(Outgoing mail, State state, int attempts, @Nullable Instant next, @Nullable Reason reason) {
        metrics.reply(state);
        tickets.delivery(mail.id(), new Delivery(state, clock.instant(), attempts, next, reason));
    }
}
