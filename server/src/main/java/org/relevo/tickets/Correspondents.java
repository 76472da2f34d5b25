package org.relevo.tickets;

import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.orders.Orders;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.domain.Entry.By;
import org.relevo.tickets.domain.Entry.Change;
import org.relevo.tickets.domain.Entry.Kind;
import org.relevo.tickets.domain.Ticket;
import org.relevo.tickets.persistence.ParticipantTable;
import org.relevo.tickets.persistence.TicketTable;
import org.relevo.tickets.persistence.TimelineTable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who writes in a ticket, and what people decide about them: nobody joins a conversation, or becomes its customer, by themselves. */
@Service
@Transactional
public class Correspondents {

    private final TicketTable tickets;
    private final TimelineTable timeline;
    private final ParticipantTable participants;
    private final Customers customers;
    private final Orders orders;
    private final Gate gate;
    private final Clock clock;

    Correspondents(
            TicketTable tickets,
            TimelineTable timeline,
            ParticipantTable participants,
            Customers customers,
            Orders orders,
            Gate gate,
            Clock clock) {
        this.tickets = tickets;
        this.timeline = timeline;
        this.participants = participants;
        this.customers = customers;
        this.orders = orders;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Lets somebody who wrote in the ticket take part in it from now on. They get nothing of what was said before.
     *
     * @throws ProblemException {@code not-found} if nobody of that address waits
     */
    public void letIn(Actor actor, TicketId id, String address) {
        hold(actor, id, Action.TICKET_REPLY);
        if (!participants.confirm(id, address.toLowerCase(Locale.ROOT), clock.instant())) {
            throw ProblemException.notFound();
        }
        note(actor, id, Kind.PARTICIPANT_ADDED, null, new Change("participant", null, address));
    }

    /**
     * Makes another address the customer of the ticket: the author of a mail that was passed on, as a rule. Their order is
     * looked for anew.
     *
     * @param name what they call themselves; may be blank
     */
    public void makeCustomer(Actor actor, TicketId id, String address, String name) {
        var ticket = hold(actor, id, Action.CUSTOMER_EDIT);
        var identity = Identity.email(address);
        var customer = customers.recognise(identity, name);
        tickets.customer(id, customer.id(), customer.name(), identity.value());
        var change = new Change("customer", ticket.customerAddress(), identity.value());
        note(actor, id, Kind.CUSTOMER_CHANGED, null, change);
        matchOrder(ticket, identity);
    }

    /** Believes the sender of a doubtful ticket: orders and history are shown from now on. */
    public void trust(Actor actor, TicketId id) {
        var ticket = hold(actor, id, Action.TICKET_REPLY);
        if (!ticket.doubtful()) {
            return;
        }
        tickets.trust(id);
        note(actor, id, Kind.SENDER_TRUSTED, Reason.of("sender.trusted-by", actor.name()), null);
        if (ticket.customerAddress() != null) {
            matchOrder(ticket, Identity.email(ticket.customerAddress()));
        }
    }

    private void matchOrder(Ticket ticket, Identity customer) {
        orders.match(customer, ticket.subject(), "").ifPresent(match -> {
            tickets.link(ticket.id(), match.order().id(), match.order().number(), match.reason());
            var change = new Change("order", null, match.order().number());
            timeline.append(
                    Entry.change(ticket.id(), clock.instant(), Kind.ORDER_LINKED, By.SYSTEM, match.reason(), change));
        });
    }

    private void note(Actor actor, TicketId id, Kind kind, @Nullable Reason reason, @Nullable Change change) {
        timeline.append(Entry.change(id, clock.instant(), kind, By.of(actor), reason, change));
    }

    private Ticket hold(Actor actor, TicketId id, Action action) {
        var ticket = tickets.lock(id).orElseThrow(ProblemException::notFound);
        gate.pass(actor, action, ticket.matter());
        return ticket;
    }
}
