package org.relevo.channels.email;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.Threads.Belonging;
import org.relevo.channels.email.acknowledging.Acknowledgements;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.channels.inbound.InboundItem;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWork;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.platform.Reason;
import org.relevo.platform.Secrets;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Tickets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns stored mails into messages of tickets, one transaction each: parse, recognise the customer, match the order, find
 * the thread. A mail that cannot be read becomes a ticket that says so and carries its source; one mail never stops the
 * others.
 */
@Component
class MailIntake implements InboundWork {

    private static final Logger LOG = LoggerFactory.getLogger(MailIntake.class);
    private static final Duration DISK_PAUSE = Duration.ofSeconds(20);
    private static final long HEAVY = 8_000_000;
    private static final long LARGEST_READ = 60_000_000;

    private final InboundStore store;
    private final MailboxTable mailboxes;
    private final MailMessages messages;
    private final Threads threads;
    private final Bounces bounces;
    private final Customers customers;
    private final Acknowledgements acknowledgements;
    private final ReplyAddress addresses;
    private final Tickets tickets;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;
    private final Semaphore heavy = new Semaphore(1);

    MailIntake(
            InboundStore store,
            MailboxTable mailboxes,
            MailMessages messages,
            Threads threads,
            Bounces bounces,
            Customers customers,
            Acknowledgements acknowledgements,
            ReplyAddress addresses,
            Tickets tickets,
            BlobStore blobs,
            TransactionTemplate transaction) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.messages = messages;
        this.threads = threads;
        this.bounces = bounces;
        this.customers = customers;
        this.acknowledgements = acknowledgements;
        this.addresses = addresses;
        this.tickets = tickets;
        this.blobs = blobs;
        this.transaction = transaction;
    }

    @Override
    public boolean takeOne() {
        if (!heavy.tryAcquire()) {
            return takeOne(HEAVY);
        }
        try { // what is being read stays within memory: one big mail at a time, and no small one waits for it
            return takeOne(Long.MAX_VALUE);
        } finally {
            heavy.release();
        }
    }

    private boolean takeOne(long largest) {
        var claimed = new ArrayList<InboundItem>(1);
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                store.claim(largest).ifPresent(claimed::add);
                claimed.forEach(this::take);
                return !claimed.isEmpty();
            }));
        } catch (UncheckedIOException e) {
            claimed.forEach(item -> {
                if (e.getCause() instanceof NoSuchFileException) {
                    fail(item, e);
                } else {
                    postpone(item, e);
                }
            });
            return true;
        } catch (RuntimeException
                | StackOverflowError
                | OutOfMemoryError e) { // whatever one does, the next is taken in
            if (claimed.isEmpty()) {
                throw e;
            }
            claimed.forEach(item -> fail(item, e));
            return true;
        }
    }

    private void postpone(InboundItem item, UncheckedIOException why) {
        LOG.error("A stored mail waits for the disk [inbound={}, why={}]", item.id(), why.getMessage());
        transaction.executeWithoutResult(_ -> store.postponed(item.id(), DISK_PAUSE, "inbound.disk"));
    }

    private void fail(InboundItem item, Throwable why) {
        LOG.warn("A stored mail could not be taken in; it is tried again [inbound={}]", item.id(), why);
        transaction.executeWithoutResult(_ -> store.failed(item.id(), item.attempts(), "inbound.our-fault"));
    }

    private void take(InboundItem item) {
        if (item.size() > LARGEST_READ) {
            takeUnread(item, item.blob().hex(), Reason.of("mail.too-large-to-read", megabytes(item.size())));
            return;
        }
        var raw = blobs.read(item.blob());
        var read = ReadMail.of(raw, trusted(item));
        if (read.mail().readable()) {
            take(item, read);
        } else {
            LOG.info("A mail cannot be read; it becomes a ticket with its source [inbound={}]", item.id());
            takeUnread(item, item.blob().hex(), read.mail().problem().orElse(Reason.of("thread.unreadable")));
        }
    }

    private void take(InboundItem item, ReadMail read) {
        var key = contentKey(read.mail());
        if (isKnown(item, key)) {
            return;
        }
        var report = bounces.about(read);
        var thread = report.map(about -> new Belonging(Optional.of(about.ticket()), Reason.of("thread.bounce")))
                .orElseGet(() -> threads.of(read));
        if (isKnown(item, key)) { // it may have been taken in while we waited for its thread
            return;
        }
        var message = messages.of(item, read);
        var received = tickets.receive(thread.ticket(), message, thread.why());
        threads.remember(read.mail(), received.ticket(), message.at());
        report.ifPresent(about -> bounces.apply(read, about));
        if (!message.facts().automatic().asksNothing()) {
            customers.heardFrom(Identity.email(message.addresses().from()));
        }
        if (received.opened()) {
            acknowledgements.consider(
                    new MailboxId(item.mailbox()),
                    received.ticket(),
                    read,
                    message.addresses().answers(),
                    isOurs(read.mail()));
        }
        store.done(item.id(), key, received.ticket().value(), received.message(), false);
    }

    /** Whether we have this message already; then the item is one more delivery of it. */
    private boolean isKnown(InboundItem item, byte[] key) {
        var before = store.same(key);
        before.ifPresent(known -> {
            store.duplicate(item.id(), known.ticket());
            messages.inbox(item)
                    .filter(inbox -> !item.mailbox().equals(known.mailbox()))
                    .ifPresent(inbox -> tickets.alsoDelivered(known.message(), inbox.address()));
        });
        return before.isPresent();
    }

    private void takeUnread(InboundItem item, String content, Reason problem) {
        var key = Secrets.digest(content);
        if (isKnown(item, key)) {
            return;
        }
        var message = messages.unread(item, problem);
        var received = tickets.receive(Optional.<TicketId>empty(), message, problem);
        store.done(item.id(), key, received.ticket().value(), received.message(), true);
    }

    /** Whether a RELEVO of this shop sent it, or somebody in the name of one of its mailboxes. */
    private boolean isOurs(ParsedMail mail) {
        return mailboxes.isOurs(mail.author().address())
                || mail.headers()
                        .first(ReplyAddress.INSTANCE_HEADER)
                        .filter(addresses::isOurInstance)
                        .isPresent();
    }

    private Set<String> trusted(InboundItem item) {
        if (item.direct()) {
            return Set.of(); // the field was not put there by a server of the shop's, whatever name it bears
        }
        return Set.copyOf(mailboxes.handling(new MailboxId(item.mailbox())).trustedServers());
    }

    private static String megabytes(long bytes) {
        return String.valueOf(bytes / 1_000_000);
    }

    /** The same for every delivery of one mail, another for another mail that only borrows its Message-ID. */
    private static byte[] contentKey(ParsedMail mail) {
        return Secrets.digest(String.join(
                "\0",
                mail.messageId().orElse(""),
                mail.author().address(),
                mail.date().map(Instant::toString).orElse(""),
                mail.subject(),
                mail.text(),
                mail.parts().stream()
                        .map(part -> BlobId.of(part.content()).hex())
                        .collect(Collectors.joining(" "))));
    }
}
