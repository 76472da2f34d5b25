package org.relevo.channels.email;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.Threads.Belonging;
import org.relevo.channels.email.acknowledging.Acknowledgements;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.channels.inbound.InboundItem;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWork;
import org.relevo.platform.Reason;
import org.relevo.platform.Secrets;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.ReceivedMessage;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Tickets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns stored mails into messages of tickets: read the mail and keep its files; then, in one transaction each, recognise the
 * customer, match the order, find the thread. A mail that cannot be read becomes a ticket that says so and carries its source; one mail never stops the
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
    private final Acknowledgements acknowledgements;
    private final ReplyAddress addresses;
    private final Tickets tickets;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;
    private final Semaphore heavy = new Semaphore(1);
    private final ReentrantLock reserving = new ReentrantLock();
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

    MailIntake(
            InboundStore store,
            MailboxTable mailboxes,
            MailMessages messages,
            Threads threads,
            Bounces bounces,
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
        var reserved = reserve(largest);
        if (reserved.isEmpty()) {
            return false;
        }
        var item = reserved.get();
        try {
            takeIn(item);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                fail(item, e);
            } else {
                postpone(item, e);
            }
        } catch (RuntimeException
                | StackOverflowError
                | OutOfMemoryError e) { // whatever one does, the next is taken in
            fail(item, e);
        } finally {
            inHand.remove(item.id());
        }
        return true;
    }

    /** The next item that no other worker of this process has before it. */
    private Optional<InboundItem> reserve(long largest) {
        reserving.lock();
        try {
            var next = Objects.requireNonNull(transaction.execute(_ -> store.next(largest, inHand)));
            next.ifPresent(item -> inHand.add(item.id()));
            return next;
        } finally {
            reserving.unlock();
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

    /** Everything that reads or writes files, or takes its time, comes before the transaction. */
    private void takeIn(InboundItem item) {
        var mailbox = mailboxes.find(new MailboxId(item.mailbox()));
        if (item.size() > LARGEST_READ) {
            takeUnread(item, mailbox, Reason.of("mail.too-large-to-read", megabytes(item.size())));
            return;
        }
        var read = ReadMail.of(blobs.read(item.blob()), trusted(item, mailbox));
        if (!read.mail().readable()) {
            LOG.info("A mail cannot be read; it becomes a ticket with its source [inbound={}]", item.id());
            takeUnread(item, mailbox, read.mail().problem().orElse(Reason.of("thread.unreadable")));
            return;
        }
        var files = messages.keep(read.mail());
        transaction.executeWithoutResult(_ -> {
            if (store.hold(item.id())) {
                take(item, mailbox, read, files);
            }
        });
    }

    private void take(InboundItem item, Optional<Mailbox> mailbox, ReadMail read, List<ReceivedMessage.File> files) {
        var key = contentKey(read.mail(), files);
        if (isKnown(item, mailbox, key)) {
            return;
        }
        var report = bounces.about(read);
        var thread = report.map(about -> new Belonging(Optional.of(about.ticket()), Reason.of("thread.bounce")))
                .orElseGet(() -> threads.of(read));
        if (isKnown(item, mailbox, key)) { // it may have been taken in while we waited for its thread
            return;
        }
        var message = messages.of(item, mailbox, read, files);
        var received = tickets.receive(thread.ticket(), message, thread.why());
        threads.remember(read.mail(), received.ticket(), message.at());
        report.ifPresent(about -> bounces.apply(read, about));
        if (received.opened()) {
            acknowledge(mailbox, received.ticket(), read, message.addresses().answers());
        }
        store.done(item.id(), key, received.ticket().value(), received.message(), false);
    }

    private void acknowledge(Optional<Mailbox> mailbox, TicketId ticket, ReadMail read, String answers) {
        mailbox.map(Mailbox::handling)
                .map(Mailbox.Handling::acknowledgement)
                .ifPresent(text -> acknowledgements.consider(text, ticket, read, answers, isOurs(read.mail())));
    }

    /** Whether we have this message already; then the item is one more delivery of it. */
    private boolean isKnown(InboundItem item, Optional<Mailbox> mailbox, byte[] key) {
        var before = store.same(key);
        before.ifPresent(known -> {
            store.duplicate(item.id(), known.ticket());
            mailbox.filter(other -> !known.mailbox().equals(item.mailbox()))
                    .ifPresent(other -> tickets.alsoDelivered(known.message(), other.address()));
        });
        return before.isPresent();
    }

    private void takeUnread(InboundItem item, Optional<Mailbox> mailbox, Reason problem) {
        var key = Secrets.digest(item.blob().hex());
        transaction.executeWithoutResult(_ -> {
            if (!store.hold(item.id()) || isKnown(item, mailbox, key)) {
                return;
            }
            var message = messages.unread(item, mailbox, problem);
            var received = tickets.receive(Optional.<TicketId>empty(), message, problem);
            store.done(item.id(), key, received.ticket().value(), received.message(), true);
        });
    }

    /** Whether a RELEVO of this shop sent it, or somebody in the name of one of its mailboxes. */
    private boolean isOurs(ParsedMail mail) {
        return mailboxes.isOurs(mail.author().address())
                || mail.headers()
                        .first(ReplyAddress.INSTANCE_HEADER)
                        .filter(addresses::isOurInstance)
                        .isPresent();
    }

    private static Set<String> trusted(InboundItem item, Optional<Mailbox> mailbox) {
        return item.direct() // then no server of the shop's put the field there, whatever name it bears
                ? Set.of()
                : mailbox.map(known -> Set.copyOf(known.handling().trustedServers()))
                        .orElse(Set.of());
    }

    private static String megabytes(long bytes) {
        return String.valueOf(bytes / 1_000_000);
    }

    /** The same for every delivery of one mail, another for another mail that only borrows its Message-ID. */
    private static byte[] contentKey(ParsedMail mail, List<ReceivedMessage.File> files) {
        return Secrets.digest(String.join(
                "\0",
                mail.messageId().orElse(""),
                mail.author().address(),
                mail.date().map(Instant::toString).orElse(""),
                mail.subject(),
                mail.text(),
                files.stream().map(file -> file.blob().hex()).collect(Collectors.joining(" "))));
    }
}
