package org.relevo.channels.email;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.mime.HtmlText;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.inbound.InboundItem;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWork;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.orders.Orders;
import org.relevo.platform.Reason;
import org.relevo.platform.Secrets;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.platform.html.SafeHtml;
import org.relevo.tickets.FileName;
import org.relevo.tickets.ReceivedMessage;
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
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final InboundStore store;
    private final MailboxTable mailboxes;
    private final MailParser parser;
    private final Threads threads;
    private final Customers customers;
    private final Orders orders;
    private final Tickets tickets;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MailIntake(
            InboundStore store,
            MailboxTable mailboxes,
            MailParser parser,
            Threads threads,
            Customers customers,
            Orders orders,
            Tickets tickets,
            BlobStore blobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.mailboxes = mailboxes;
        this.parser = parser;
        this.threads = threads;
        this.customers = customers;
        this.orders = orders;
        this.tickets = tickets;
        this.blobs = blobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public boolean takeOne() {
        var claimed = new ArrayList<InboundItem>(1);
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                store.claim().ifPresent(claimed::add);
                claimed.forEach(this::take);
                return !claimed.isEmpty();
            }));
        } catch (RuntimeException | StackOverflowError e) { // whatever one mail does, the next one is taken in
            if (claimed.isEmpty()) {
                throw e;
            }
            for (var item : claimed) {
                LOG.warn("A stored mail could not be taken in; it is tried again [inbound={}]", item.id(), e);
                transaction.executeWithoutResult(_ -> store.failed(item.id(), item.attempts(), "inbound.our-fault"));
            }
            return true;
        }
    }

    private void take(InboundItem item) {
        var raw = blobs.read(item.blob());
        var mail = parser.parse(raw);
        if (mail.readable()) {
            take(item, mail);
        } else {
            LOG.info("A mail cannot be read; it becomes a ticket with its source [inbound={}]", item.id());
            takeUnreadable(item, raw);
        }
    }

    private void take(InboundItem item, ParsedMail mail) {
        var key = contentKey(mail);
        var before = store.same(key);
        if (before.isPresent()) {
            store.duplicate(item.id(), before.get());
            return;
        }
        var thread = threads.of(mail);
        var again = store.same(key); // it may have been taken in while we waited for its thread
        if (again.isPresent()) {
            store.duplicate(item.id(), again.get());
            return;
        }
        var message = message(item, mail);
        var received = tickets.receive(thread.ticket(), message, thread.why());
        threads.remember(mail, received.ticket(), message.at());
        store.done(item.id(), key, received.ticket().value(), received.message(), false);
    }

    private ReceivedMessage message(InboundItem item, ParsedMail mail) {
        var identity = Identity.email(mail.author().address());
        var customer = customers.recognise(identity, mail.author().name());
        var files = mail.parts().stream()
                .map(part -> new ReceivedMessage.File(
                        FileName.safe(part.name()),
                        part.type(),
                        part.content().length,
                        blobs.keep(part.content()),
                        part.inline(),
                        part.contentId()))
                .toList();
        var html = mail.html() == null || !HtmlText.saysMore(mail.html()) ? null : SafeHtml.stored(mail.html());
        return new ReceivedMessage(
                inbox(item),
                customer,
                mail.replyTo().stream().findFirst().orElse(mail.author()).address(),
                sentAt(item, mail.date()),
                mail.subject(),
                mail.text(),
                html,
                html == null ? null : HtmlText.height(html),
                new ReceivedMessage.Addresses(mail.author().address(), plain(mail.to()), plain(mail.cc())),
                files,
                orders.match(identity, mail.subject(), mail.text()),
                item.blob(),
                false);
    }

    private static List<String> plain(List<ParsedMail.Address> addresses) {
        return addresses.stream().map(ParsedMail.Address::address).toList();
    }

    private ReceivedMessage.Inbox inbox(InboundItem item) {
        var mailbox = mailboxes.find(new MailboxId(item.mailbox()));
        return new ReceivedMessage.Inbox(
                item.mailbox(),
                mailbox.map(Mailbox::address).orElse(""),
                mailbox.map(Mailbox::team).orElse(null));
    }

    /** When it was sent, if that is not after it arrived; else when it arrived. */
    private Instant sentAt(InboundItem item, Optional<Instant> date) {
        var arrived = item.internalDate() == null || item.internalDate().isAfter(clock.instant())
                ? item.receivedAt()
                : item.internalDate();
        return date.filter(sent -> sent.isBefore(arrived.plus(CLOCK_SKEW)))
                .filter(sent -> sent.isAfter(arrived.minus(Duration.ofDays(3650))))
                .map(sent -> sent.isAfter(clock.instant()) ? clock.instant() : sent)
                .orElse(arrived);
    }

    private void takeUnreadable(InboundItem item, byte[] raw) {
        var key = digest(raw);
        var before = store.same(key);
        if (before.isPresent()) {
            store.duplicate(item.id(), before.get());
            return;
        }
        var unknown = "unknown@invalid";
        var source = new ReceivedMessage.File("original.eml", "message/rfc822", raw.length, item.blob(), false, null);
        var message = new ReceivedMessage(
                inbox(item),
                customers.recognise(Identity.email(unknown), ""),
                unknown,
                sentAt(item, Optional.empty()),
                "",
                "",
                null,
                null,
                new ReceivedMessage.Addresses(unknown, List.of(), List.of()),
                List.of(source),
                Optional.empty(),
                item.blob(),
                true);
        var received = tickets.receive(Optional.<TicketId>empty(), message, Reason.of("thread.unreadable"));
        store.done(item.id(), key, received.ticket().value(), received.message(), true);
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

    private static byte[] digest(byte[] raw) {
        return Secrets.digest(new String(raw, StandardCharsets.ISO_8859_1));
    }
}
