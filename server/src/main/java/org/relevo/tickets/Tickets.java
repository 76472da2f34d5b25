package org.relevo.tickets;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.access.People;
import org.relevo.access.TeamId;
import org.relevo.orders.OrderArrived;
import org.relevo.orders.OrderRef;
import org.relevo.platform.Reason;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.domain.Entry.By;
import org.relevo.tickets.domain.Entry.Change;
import org.relevo.tickets.domain.Entry.Kind;
import org.relevo.tickets.domain.Preview;
import org.relevo.tickets.domain.Ticket;
import org.relevo.tickets.persistence.MessageTable;
import org.relevo.tickets.persistence.ParticipantTable;
import org.relevo.tickets.persistence.TicketTable;
import org.relevo.tickets.persistence.TimelineTable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What channels bring to tickets: messages from customers, and news about the replies that were sent. */
@Service
public class Tickets {

    /** Where a message ended up. */
    public record Received(TicketId ticket, UUID message, boolean opened) {}

    private final TicketTable tickets;
    private final MessageTable messages;
    private final TimelineTable timeline;
    private final ParticipantTable participants;
    private final TicketProperties rules;
    private final VariableValues values;
    private final People people;
    private final Events events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    Tickets(
            TicketTable tickets,
            MessageTable messages,
            TimelineTable timeline,
            ParticipantTable participants,
            TicketProperties rules,
            VariableValues values,
            People people,
            Events events,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.tickets = tickets;
        this.messages = messages;
        this.timeline = timeline;
        this.participants = participants;
        this.rules = rules;
        this.values = values;
        this.people = people;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Takes in what a customer sent: into {@code thread}, which it opens again, else as a new ticket. A ticket that is closed,
     * or was solved too long ago, is followed by a new one. What a machine sent to say that nobody reads now, or that a mail
     * did not arrive, stays in its thread and changes nothing about it.
     *
     * @param why how the channel decided on the thread
     */
    @Transactional
    public Received receive(Optional<TicketId> thread, ReceivedMessage message, Reason why) {
        var known = thread.flatMap(tickets::lock);
        if (known.isPresent() && message.facts().automatic().asksNothing()) {
            return note(known.get(), message, why);
        }
        return known.flatMap(ticket -> ticket.afterCustomerWrote(longDone(ticket, message))
                        .map(status -> add(ticket, message, status, why)))
                .orElseGet(() -> open(message, known.map(Ticket::id).orElse(null), why));
    }

    private boolean longDone(Ticket ticket, ReceivedMessage message) {
        return ticket.status() == TicketStatus.SOLVED
                && timeline.doneAt(ticket.id())
                        .filter(done -> done.plus(rules.followUpAfter()).isBefore(message.at()))
                        .isPresent();
    }

    /** Keeps what asks nothing of us, without a word to anybody's clock. */
    private Received note(Ticket ticket, ReceivedMessage message, Reason why) {
        var id = messages.received(ticket.id(), message, isStranger(ticket, message));
        tickets.noticed(ticket.id(), message);
        timeline.append(Entry.message(
                ticket.id(),
                message.at(),
                Kind.MESSAGE_RECEIVED,
                By.customer(message.customer().id()),
                why,
                id));
        return new Received(ticket.id(), id, false);
    }

    private Received add(Ticket ticket, ReceivedMessage message, TicketStatus status, Reason why) {
        var stranger = isStranger(ticket, message);
        if (stranger) {
            participants.noticed(ticket.id(), message.addresses().from(), message.at());
        }
        var id = messages.received(ticket.id(), message, stranger);
        var by = By.customer(message.customer().id());
        tickets.received(ticket.id(), message, Preview.of(message.words().written()), status);
        timeline.append(Entry.message(ticket.id(), message.at(), Kind.MESSAGE_RECEIVED, by, why, id));
        if (status != ticket.status()) {
            var change = new Change("status", ticket.status().word(), status.word());
            timeline.append(Entry.change(
                    ticket.id(), message.at(), Kind.STATUS_CHANGED, by, Reason.of("status.customer-wrote"), change));
        }
        holdScheduled(ticket.id(), message.at());
        if (ticket.order() == null) {
            message.order().ifPresent(match -> linkFound(ticket.id(), match.order(), match.reason(), message.at()));
        }
        return new Received(ticket.id(), id, false);
    }

    /** Whoever is neither the customer nor let in by one of us is shown as such, and gets nothing of what was said. */
    private boolean isStranger(Ticket ticket, ReceivedMessage message) {
        return !takesPart(ticket, message.addresses().from())
                && !message.customer().id().equals(ticket.customer());
    }

    private boolean takesPart(Ticket ticket, String address) {
        return address.equals(ticket.customerAddress()) || participants.takesPart(ticket.id(), address);
    }

    /** The ticket that people see as {@code #number}. */
    @Transactional(readOnly = true)
    public Optional<TicketId> numbered(long number) {
        return tickets.numbered(number);
    }

    /** What people see as {@code #number}. */
    @Transactional(readOnly = true)
    public long number(TicketId ticket) {
        return tickets.find(ticket).orElseThrow().number();
    }

    /** The ticket {@code number}, if {@code address} takes part in it. */
    @Transactional(readOnly = true)
    public Optional<TicketId> ofParticipant(long number, String address) {
        return tickets.numbered(number).filter(ticket -> isParticipant(ticket, address));
    }

    /** Whether {@code address} is the customer of {@code ticket} or takes part in it. */
    @Transactional(readOnly = true)
    public boolean isParticipant(TicketId ticket, String address) {
        return tickets.find(ticket).filter(found -> takesPart(found, address)).isPresent();
    }

    /** Notes that {@code message} came to another of our addresses as well. */
    @Transactional
    public void alsoDelivered(UUID message, String inbox) {
        messages.alsoDelivered(message, inbox);
    }

    /** What waits to be sent may no longer fit what the customer has just written: a person looks again. */
    private void holdScheduled(TicketId ticket, Instant at) {
        for (var reply : messages.scheduled(ticket)) {
            publisher.publishEvent(new ReplyHeld(ticket, reply));
            messages.delivery(
                    reply,
                    new Delivery(Delivery.State.HELD, at, 0, null, Reason.of("delivery.customer-wrote-meanwhile")));
        }
    }

    /** As whom a reply leaves and what stands below its text, as its channel decided. */
    @Transactional
    public void leavesAs(UUID message, String from, String signature) {
        messages.leavesAs(message, from, signature);
    }

    private Received open(ReceivedMessage message, @Nullable TicketId followUpOf, Reason why) {
        var id = new TicketId(Uuid7.next());
        var team = message.inbox().team();
        var party = team == null
                ? null
                : people.partyOf(new TeamId(team))
                        .map(found -> found.id().value())
                        .orElse(null);
        tickets.insert(
                id, tickets.nextNumber(), message, Preview.of(message.words().written()), team, party, followUpOf);
        var stored = messages.received(id, message, false);
        timeline.append(Entry.message(
                id,
                message.at(),
                Kind.MESSAGE_RECEIVED,
                By.customer(message.customer().id()),
                followUpOf == null ? why : Reason.of("thread.follow-up"),
                stored));
        if (message.facts().automatic().asksNothing()) {
            var change = new Change("status", TicketStatus.NEW.word(), TicketStatus.SOLVED.word());
            timeline.append(Entry.change(
                    id, message.at(), Kind.STATUS_CHANGED, By.SYSTEM, Reason.of("status.asks-nothing"), change));
        }
        return new Received(id, stored, true);
    }

    /**
     * Tells the customer that their message arrived. That is no answer: nobody's clock stops, the status stays. The customer's
     * name is left out, for whoever forges a sender chooses it.
     *
     * @param text with variables
     */
    @Transactional
    public void acknowledge(TicketId id, String text) {
        var ticket = tickets.lock(id).orElseThrow();
        var inbox = Objects.requireNonNull(ticket.inbox());
        var recipients = Recipients.only(Objects.requireNonNull(ticket.customerAddress()));
        var known = new EnumMap<>(values.of(new Actor.House(Workspace.required()), ticket));
        known.remove(Variable.CUSTOMER_NAME);
        var words = VariableText.of(text, "/acknowledgement").fill(known).text();
        var now = clock.instant();
        var message = messages.reply(id, words, recipients, now, null, null);
        timeline.append(Entry.message(id, now, Kind.ACKNOWLEDGED, By.SYSTEM, null, message));
        publisher.publishEvent(new ReplyWritten(
                id,
                message,
                inbox,
                recipients,
                new ReplyWritten.From(null, false, List.of()),
                ticket.subject(),
                words,
                "",
                List.of(),
                Map.of(),
                true,
                now,
                now));
    }

    /** Notes why the customer was not told that their message arrived. */
    @Transactional
    public void withholdAcknowledgement(TicketId id, Reason why) {
        timeline.append(Entry.change(id, clock.instant(), Kind.ACKNOWLEDGEMENT_WITHHELD, By.SYSTEM, why, null));
    }

    /** Tells how far a reply has come; the newest word counts. One that did not arrive brings its ticket back to us. */
    @Transactional
    public void delivery(UUID message, Delivery delivery) {
        var ticket = messages.ticketOf(message).orElseThrow();
        messages.delivery(message, delivery);
        tickets.deliveryFailed(ticket);
        if (delivery.state() == Delivery.State.FAILED || delivery.state() == Delivery.State.UNCERTAIN) {
            reopen(ticket, delivery.at());
        }
        events.append(new Event("ticket", ticket.value(), message, "delivery", null));
    }

    private void reopen(TicketId id, Instant at) {
        tickets.lock(id)
                .filter(ticket -> ticket.status() == TicketStatus.PENDING)
                .ifPresent(ticket -> {
                    tickets.status(id, TicketStatus.OPEN);
                    timeline.append(Entry.change(
                            id,
                            at,
                            Kind.STATUS_CHANGED,
                            By.SYSTEM,
                            Reason.of("status.not-delivered"),
                            new Change("status", ticket.status().word(), TicketStatus.OPEN.word())));
                });
    }

    /** An order that came after the mail about it finds its ticket. */
    @EventListener
    void on(OrderArrived arrived) {
        if (arrived.email() == null) {
            return;
        }
        for (var ticket : tickets.withoutOrder(arrived.email())) {
            var named = ticket.subject()
                    .toUpperCase(Locale.ROOT)
                    .contains(arrived.order().number());
            var reason = named
                    ? Reason.of("order.number-and-sender", arrived.order().number())
                    : Reason.of("order.sender-only", arrived.email());
            linkFound(ticket.id(), arrived.order(), reason, clock.instant());
        }
    }

    private void linkFound(TicketId ticket, OrderRef order, Reason reason, Instant at) {
        tickets.link(ticket, order.id(), order.number(), reason);
        timeline.append(Entry.change(
                ticket, at, Kind.ORDER_LINKED, By.SYSTEM, reason, new Change("order", null, order.number())));
    }
}
