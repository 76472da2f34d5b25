package org.relevo.channels.email;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.relevo.channels.email.automatic.Bounce;
import org.relevo.channels.email.automatic.Feedback;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.channels.outbound.OutboundStore;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.platform.Reason;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.Tickets;
import org.springframework.stereotype.Component;

/**
 * What reports about our mails change: the reply is shown as not arrived, its address is marked. A report counts only if it
 * came to the return address of one of them, or names a Message-ID that we made: neither can be guessed.
 */
@Component
class Bounces {

    private final ReplyAddress addresses;
    private final OutboundStore outbound;
    private final Tickets tickets;
    private final Customers customers;
    private final Clock clock;

    Bounces(ReplyAddress addresses, OutboundStore outbound, Tickets tickets, Customers customers, Clock clock) {
        this.addresses = addresses;
        this.outbound = outbound;
        this.tickets = tickets;
        this.customers = customers;
        this.clock = clock;
    }

    /** The mail of ours that {@code read} reports about, if it is a report and that mail is ours. */
    Optional<Outgoing> about(ReadMail read) {
        if (read.bounce().isEmpty() && read.feedback().isEmpty()) {
            return Optional.empty();
        }
        var mail = read.mail();
        var returned =
                addresses.bounced(mail.author().address(), mail.recipients()).flatMap(outbound::numbered);
        return returned.or(() -> read.bounce()
                .flatMap(Bounce::originalMessageId)
                .or(() -> read.feedback().flatMap(Feedback::originalMessageId))
                .filter(addresses::isOurs)
                .flatMap(outbound::named));
    }

    /** Notes what {@code read} reports about {@code mail}. */
    void apply(ReadMail read, Outgoing mail) {
        read.bounce().ifPresent(bounce -> apply(bounce, mail));
        read.feedback()
                .ifPresent(_ -> mail.recipients()
                        .forEach(recipient ->
                                customers.complained(Identity.email(recipient.address()), clock.instant())));
    }

    private void apply(Bounce bounce, Outgoing mail) {
        switch (bounce.kind()) {
            case FAILED -> failed(bounce, mail);
            case DELAYED -> {
                var told = bounce.recipients().getFirst();
                tell(mail, Delivery.State.SENT, "delivery.delayed", told, List.of());
            }
            case EXPANDED, RELAYED -> {}
        }
    }

    private void failed(Bounce bounce, Outgoing mail) {
        var failed = mail.recipients().stream()
                .flatMap(recipient -> told(bounce, mail, recipient).stream()
                        .map(told -> recipient.with(Delivery.State.FAILED, words(told))))
                .toList();
        if (failed.isEmpty()) {
            return; // about an address that we never wrote to
        }
        outbound.answered(mail.id(), failed);
        outbound.state(mail.id(), Delivery.State.FAILED);
        for (var recipient : failed) {
            told(bounce, mail, recipient)
                    .filter(Bounce.Recipient::hard)
                    .ifPresent(told ->
                            customers.undeliverable(Identity.email(recipient.address()), clock.instant(), words(told)));
        }
        var first = told(bounce, mail, failed.getFirst()).orElseThrow();
        tell(mail, Delivery.State.FAILED, "delivery.bounced", first, outbound.recipients(mail.id()));
    }

    /**
     * What the report says about one of our addresses. Where we wrote to one alone, the report is about it, whatever address
     * its mail was passed on to.
     */
    private static Optional<Bounce.Recipient> told(Bounce bounce, Outgoing mail, Outgoing.Recipient recipient) {
        var named = bounce.recipients().stream()
                .filter(told -> told.address().equalsIgnoreCase(recipient.address()))
                .findFirst();
        return named.isEmpty() && mail.recipients().size() == 1
                ? Optional.of(bounce.recipients().getFirst())
                : named;
    }

    private void tell(
            Outgoing mail,
            Delivery.State state,
            String reason,
            Bounce.Recipient told,
            List<Outgoing.Recipient> recipients) {
        var address = told.address().isEmpty() ? mail.recipients().getFirst().address() : told.address();
        tickets.delivery(
                mail.id(),
                new Delivery(
                        state,
                        clock.instant(),
                        mail.attempts(),
                        null,
                        Reason.of(reason, address, words(told)),
                        recipients.stream()
                                .map(one -> new Delivery.Recipient(one.address(), one.state(), one.words()))
                                .toList()));
    }

    private static String words(Bounce.Recipient told) {
        return MailTrouble.shortened(told.diagnostic().isBlank() ? told.status() : told.diagnostic());
    }
}
