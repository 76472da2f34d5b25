package org.relevo.channels.email;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.access.People;
import org.relevo.channels.email.automatic.AutomaticMail;
import org.relevo.channels.email.mime.HtmlText;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.mime.ParsedMail.Address;
import org.relevo.channels.email.reading.InlineImages;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.channels.inbound.InboundItem;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.orders.OrderMatch;
import org.relevo.orders.Orders;
import org.relevo.platform.Reason;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.platform.html.SafeHtml;
import org.relevo.tickets.FileName;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.MessageFacts.Automatic;
import org.relevo.tickets.MessageFacts.Sender;
import org.relevo.tickets.MessageFacts.Sender.Verdict;
import org.relevo.tickets.ReceivedMessage;
import org.relevo.tickets.ReceivedMessage.Page;
import org.relevo.tickets.ReceivedMessage.Words;
import org.springframework.stereotype.Component;

/** Makes a message of a mail that was read: whose it is, which order it is about, what of it is shown. */
@Component
class MailMessages {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final Duration OLDEST = Duration.ofDays(3650);

    private final MailboxTable mailboxes;
    private final Customers customers;
    private final People people;
    private final Orders orders;
    private final BlobStore blobs;
    private final Clock clock;

    MailMessages(
            MailboxTable mailboxes, Customers customers, People people, Orders orders, BlobStore blobs, Clock clock) {
        this.mailboxes = mailboxes;
        this.customers = customers;
        this.people = people;
        this.orders = orders;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Puts the files of {@code mail} on the disk. Not for the inside of a transaction. */
    List<ReceivedMessage.File> keep(ParsedMail mail) {
        return mail.parts().stream()
                .map(part -> new ReceivedMessage.File(
                        FileName.safe(part.name()),
                        part.type(),
                        part.content().length,
                        blobs.keep(part.content()),
                        part.inline(),
                        InlineImages.contentId(part)))
                .toList();
    }

    /** @param files what {@link #keep} made of the mail's */
    ReceivedMessage of(InboundItem item, Optional<Mailbox> mailbox, ReadMail read, List<ReceivedMessage.File> files) {
        var mail = read.mail();
        var facts = facts(read);
        var author = writer(read, facts.sender());
        var answers = author.equals(mail.author())
                ? mail.replyTo().stream().findFirst().orElse(author)
                : author;
        var identity = Identity.email(author.address());
        var doubtful = facts.sender().verdict() == Verdict.FAILED;
        var order = doubtful || facts.automatic().asksNothing()
                ? Optional.<OrderMatch>empty()
                : orders.match(identity, mail.subject(), mail.text());
        return new ReceivedMessage(
                inbox(item, mailbox),
                customer(read, author, facts),
                sentAt(item, mail.date()),
                mail.subject(),
                words(read),
                new ReceivedMessage.Addresses(
                        mail.author().address(), answers.address(), plain(mail.to()), plain(mail.cc())),
                files,
                order,
                facts,
                item.blob(),
                false);
    }

    /** A mail of which only the source can be shown. */
    ReceivedMessage unread(InboundItem item, Optional<Mailbox> mailbox, Reason problem) {
        var unknown = ParsedMail.NOBODY.address();
        var source = new ReceivedMessage.File("original.eml", "message/rfc822", item.size(), item.blob(), false, null);
        return new ReceivedMessage(
                inbox(item, mailbox),
                customers.recognise(Identity.email(unknown), ""),
                sentAt(item, Optional.empty()),
                "",
                Words.of(""),
                new ReceivedMessage.Addresses(unknown, unknown, List.of(), List.of()),
                List.of(source),
                Optional.empty(),
                new MessageFacts(Automatic.PERSON, Sender.UNKNOWN, null, List.of(), "none", problem),
                item.blob(),
                true);
    }

    /** The inbox that the item came to; only its id when the mailbox was removed meanwhile. */
    private static ReceivedMessage.Inbox inbox(InboundItem item, Optional<Mailbox> mailbox) {
        return new ReceivedMessage.Inbox(
                item.mailbox(),
                mailbox.map(Mailbox::address).orElse(""),
                mailbox.map(Mailbox::team).orElse(null));
    }

    /** A name that may be forged changes nothing; whoever wrote themselves can be reached again. */
    private Customers.Ref customer(ReadMail read, Address writer, MessageFacts facts) {
        var identity = Identity.email(writer.address());
        if (facts.sender().verdict() == Verdict.FAILED) {
            return customers.recognise(identity, "");
        }
        var wrote = writer.equals(read.mail().author()) && read.bounce().isEmpty();
        return wrote ? customers.heardFrom(identity, writer.name()) : customers.recognise(identity, writer.name());
    }

    /**
     * Whose matter it is. A contact form that sends in our own name says so in Reply-To; what a colleague of proven identity
     * passes on is the matter of whoever wrote it.
     */
    private Address writer(ReadMail read, Sender sender) {
        var mail = read.mail();
        var author = mail.author();
        if (!mail.replyTo().isEmpty() && mailboxes.isOurs(author.address())) {
            return mail.replyTo().getFirst();
        }
        var original = read.forwarded()
                .map(forwarded -> forwarded.from())
                .filter(from -> !from.address().isEmpty());
        var colleague = sender.verdict() == Verdict.VERIFIED && people.worksHere(author.address());
        return original.filter(_ -> colleague).orElse(author);
    }

    private static Words words(ReadMail read) {
        var mail = read.mail();
        var answer = read.answer();
        var shortened = !answer.reply().strip().equals(mail.text().strip());
        return new Words(
                mail.text(),
                page(mail.html(), mail),
                shortened ? answer.reply() : null,
                shortened ? page(answer.replyHtml(), mail) : null);
    }

    /** The HTML that we may show, when it says more than the text. */
    private static @Nullable Page page(@Nullable String html, ParsedMail mail) {
        if (html == null || !HtmlText.saysMore(html)) {
            return null;
        }
        var safe = SafeHtml.stored(InlineImages.byContentId(html, mail.parts()));
        return new Page(safe, HtmlText.height(safe));
    }

    private static MessageFacts facts(ReadMail read) {
        var mail = read.mail();
        var found = read.authentication();
        var verdict = found.failed()
                ? Verdict.FAILED
                : found.trusted() && "pass".equals(found.dmarc()) ? Verdict.VERIFIED : Verdict.UNKNOWN;
        return new MessageFacts(
                automatic(read),
                new Sender(verdict, found.spf(), found.dkim(), found.dmarc()),
                forwarded(read),
                mail.invitations().stream()
                        .map(event -> new MessageFacts.CalendarEvent(
                                event.method(),
                                event.summary(),
                                event.start(),
                                event.end(),
                                event.location(),
                                event.organizer(),
                                event.status()))
                        .toList(),
                mail.protection().word(),
                mail.problem().orElse(null));
    }

    private static Automatic automatic(ReadMail read) {
        var automatic = read.automatic();
        var asksNothing = automatic.kind() == AutomaticMail.Kind.AUTO_REPLY
                || read.bounce().isPresent()
                || read.feedback().isPresent();
        return new Automatic(Automatic.Kind.of(automatic.kind().word()), automatic.because(), asksNothing);
    }

    private static MessageFacts.@Nullable Forwarded forwarded(ReadMail read) {
        return read.forwarded()
                .map(mail -> {
                    var from = mail.from() == null ? new Address("", "") : mail.from();
                    return new MessageFacts.Forwarded(from.name(), from.address(), mail.date(), mail.subject());
                })
                .orElse(null);
    }

    /** When it was sent, if that is not after it arrived; else when it arrived. */
    private Instant sentAt(InboundItem item, Optional<Instant> date) {
        var arrived = item.internalDate() == null || item.internalDate().isAfter(clock.instant())
                ? item.receivedAt()
                : item.internalDate();
        return date.filter(sent -> sent.isBefore(arrived.plus(CLOCK_SKEW)))
                .filter(sent -> sent.isAfter(arrived.minus(OLDEST)))
                .map(sent -> sent.isAfter(clock.instant()) ? clock.instant() : sent)
                .orElse(arrived);
    }

    private static List<String> plain(List<Address> addresses) {
        return addresses.stream().map(Address::address).toList();
    }
}
