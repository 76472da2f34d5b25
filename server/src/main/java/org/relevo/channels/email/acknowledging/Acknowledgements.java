package org.relevo.channels.email.acknowledging;

import java.time.Clock;
import org.relevo.channels.email.automatic.AutomaticMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Tickets;
import org.springframework.stereotype.Component;

/** Tells whoever wrote a new matter that it arrived, where the mailbox wants that and no machine could take it for an answer. */
@Component
public class Acknowledgements {

    private final AcknowledgementTable table;
    private final Tickets tickets;
    private final Clock clock;

    Acknowledgements(AcknowledgementTable table, Tickets tickets, Clock clock) {
        this.table = table;
        this.tickets = tickets;
        this.clock = clock;
    }

    /**
     * Acknowledges {@code read}, which opened {@code ticket}, or keeps why not. Runs in its caller's transaction.
     *
     * @param text what the mailbox says, with variables
     * @param answers where the answer would go
     * @param ours whether the mail came from ourselves
     */
    public void consider(String text, TicketId ticket, ReadMail read, String answers, boolean ours) {
        var now = clock.instant();
        var objection = AnswerGuard.objection(read, ours, table.before(answers, ticket, now));
        table.decided(answers, ticket, now, objection.orElse(null));
        if (objection.isEmpty()) {
            tickets.acknowledge(ticket, text);
        } else if (read.automatic().kind() == AutomaticMail.Kind.NONE) {
            tickets.withholdAcknowledgement(ticket, objection.get());
        }
    }
}
