package org.relevo.channels.email;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.relevo.channels.email.automatic.Bounce;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.channels.outbound.OutboundStore;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.platform.Reason;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Tickets;
import org.springframework.stereotype.Component;

/**
 * What reports about our mails change: the reply is shown as not arrived, its address is marked. A report counts only if it
 * names a Message-ID that we made, which cannot be guessed, or came to the address that we sent that mail from.
 */
@Component
class Bounces {

    /** Which of our mails a report is about. */
    record About(TicketId ticket, UUID message, Outgoing mail) {}

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
    Optional<About> about(ReadMail read) {
        var named = read.bounce()
                .flatMap(Bounce::originalMessageId)
                .or(() -> read.feedback().flatMap(complaint -> complaint.originalMessageId()));
        return named.filter(addresses::isOurs)
                .flatMap(outbound::named)
                .map(mail -> new About(mail.ticket(), mail.id(), mail));
    }

    /** Notes what the report says; nothing if it is about no mail of ours. */
    void apply(ReadMail read, Optional<About> report) {
        report.ifPresent(about -> {
            read.bounce().ifPresent(bounce -> apply(bounce, about));
            read.feedback()
                    .ifPresent(_ ->
                            customers.complained(Identity.email(about.mail().recipient()), clock.instant()));
        });
    }

    private void apply(Bounce bounce, About about) {
        var told = bounce.recipients().getFirst();
        var mail = about.mail();
        switch (bounce.kind()) {
            case FAILED -> {
                tell(mail, Delivery.State.FAILED, "delivery.bounced", told);
                if (told.hard()) {
                    customers.undeliverable(
                            Identity.email(mail.recipient()),
                            clock.instant(),
                            MailTrouble.shortened(told.diagnostic()));
                }
            }
            case DELAYED -> tell(mail, Delivery.State.SENT, "delivery.delayed", told);
            case EXPANDED, RELAYED -> {}
        }
    }

    private void tell(Outgoing mail, Delivery.State state, String reason, Bounce.Recipient told) {
        var said = told.diagnostic().isBlank() ? told.status() : told.diagnostic();
        tickets.delivery(
                mail.id(),
                new Delivery(
                        state,
                        clock.instant(),
                        mail.attempts(),
                        null,
                        Reason.of(reason, mail.recipient(), MailTrouble.shortened(said))));
    }
}
