package org.relevo.tickets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.People;
import org.relevo.access.PersonId;
import org.relevo.access.TeamId;
import org.relevo.orders.OrderId;
import org.relevo.orders.Orders;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.domain.Entry.By;
import org.relevo.tickets.domain.Entry.Change;
import org.relevo.tickets.domain.Entry.Kind;
import org.relevo.tickets.domain.Preview;
import org.relevo.tickets.domain.Ticket;
import org.relevo.tickets.persistence.MessageTable;
import org.relevo.tickets.persistence.Personal;
import org.relevo.tickets.persistence.TicketTable;
import org.relevo.tickets.persistence.TimelineTable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people and programs do to tickets. Each command passes the gate, holds the ticket, appends to its timeline and
 * brings the projection along, all in one transaction.
 */
@Service
@Transactional
public class Desk {

    private static final Duration LONGEST_UNDO = Duration.ofSeconds(60);
    private static final Duration LATEST = Duration.ofDays(366);
    private static final int MOST_TAGS = 30;

    /**
     * An answer to the customer.
     *
     * @param files uploaded before
     * @param undo how long the writer may take it back
     * @param status what the ticket becomes; absent for the usual: it waits for the customer
     * @param after the newest entry that the writer had seen; absent to send whatever came since
     * @param letter to whom, as whom and when it goes
     */
    public record Reply(
            String text,
            List<UUID> files,
            Duration undo,
            @Nullable TicketStatus status,
            @Nullable EntryId after,
            Letter letter) {

        public Reply {
            if (undo.isNegative() || undo.compareTo(LONGEST_UNDO) > 0) {
                throw ProblemException.invalid("/undoSeconds", "field.undo-too-long", LONGEST_UNDO.toSeconds());
            }
        }

        /** An answer to the customer alone, the usual way. */
        public Reply(
                String text, List<UUID> files, Duration undo, @Nullable TicketStatus status, @Nullable EntryId after) {
            this(text, files, undo, status, after, Letter.USUAL);
        }
    }

    /**
     * How a reply goes out.
     *
     * @param recipients nobody in {@code to} means the customer
     * @param sender one of the mailbox's senders; absent for the one that the customer wrote to
     * @param signed whether the sender's signature follows the text
     * @param sendAt a later time to leave at; absent for now
     */
    public record Letter(
            Recipients recipients,
            @Nullable UUID sender,
            boolean signed,
            @Nullable Instant sendAt) {

        static final Letter USUAL = new Letter(new Recipients(List.of(), List.of(), List.of()), null, true, null);

        private Recipients to(String customer) {
            return recipients.to().isEmpty()
                    ? new Recipients(List.of(customer), recipients.cc(), recipients.bcc())
                    : recipients;
        }
    }

    /**
     * What somebody who answers a ticket has before them.
     *
     * @param customer whom an answer goes to
     * @param to whom the customer's last message was addressed to
     * @param cc whom it was copied to
     */
    public record Correspondence(
            @Nullable UUID inbox,
            @Nullable String customer,
            List<String> to,
            List<String> cc,
            Map<Variable, String> values) {}

    private final TicketTable tickets;
    private final MessageTable messages;
    private final TimelineTable timeline;
    private final Personal personal;
    private final Gate gate;
    private final People people;
    private final Orders orders;
    private final VariableValues values;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Desk(
            TicketTable tickets,
            MessageTable messages,
            TimelineTable timeline,
            Personal personal,
            Gate gate,
            People people,
            Orders orders,
            VariableValues values,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tickets = tickets;
        this.messages = messages;
        this.timeline = timeline;
        this.personal = personal;
        this.gate = gate;
        this.people = people;
        this.orders = orders;
        this.values = values;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Answers the customer. An unassigned ticket becomes the writer's.
     *
     * @throws NewerMessageException if somebody else wrote since {@link Reply#after}
     */
    public Entry reply(Actor actor, TicketId id, Reply reply) {
        var ticket = hold(actor, id, Action.TICKET_REPLY);
        if (reply.after() != null && timeline.answeredSince(id, reply.after(), personOf(actor))) {
            throw new NewerMessageException(ticket.number());
        }
        var inbox = ticket.inbox();
        var to = ticket.customerAddress();
        if (inbox == null || to == null) {
            throw new ProblemException("nowhere-to-send", 409);
        }
        var now = clock.instant();
        var letter = reply.letter();
        var sendAt = sendAt(reply, now);
        var recipients = letter.to(to);
        var message = messages.reply(id, reply.text(), recipients, now, waiting(reply, now, sendAt), letter.sendAt());
        var files = attach(message, reply.files());
        var status = reply.status() == null ? ticket.afterReply() : reply.status();
        tickets.replied(id, reply.text(), Preview.of(reply.text()), now, status);
        var entry = timeline.append(Entry.message(id, now, Kind.REPLY, By.of(actor), null, message));
        noteStatus(actor, ticket, status, now, reply.status() == null ? "status.replied" : null);
        if (actor instanceof Actor.Staff staff) {
            personal.read(staff.person(), id, now);
        }
        if (ticket.assignee() == null && actor instanceof Actor.Staff staff) {
            assign(actor, ticket, staff.person(), ticket.team(), Reason.of("assigned.replied"));
        }
        events.publishEvent(new ReplyWritten(
                id,
                message,
                inbox,
                recipients,
                new ReplyWritten.From(letter.sender(), letter.signed(), addressed(id)),
                ticket.subject(),
                reply.text(),
                actor.name(),
                files,
                values.of(actor, ticket),
                now,
                sendAt));
        return entry;
    }

    private static Instant sendAt(Reply reply, Instant now) {
        var wanted = reply.letter().sendAt();
        return wanted == null ? now.plus(reply.undo()) : bounded(wanted, now);
    }

    private static @Nullable Instant waiting(Reply reply, Instant now, Instant sendAt) {
        return sendAt.equals(now) && reply.undo().isZero() ? null : sendAt;
    }

    private static Instant bounded(Instant wanted, Instant now) {
        if (!wanted.isAfter(now) || wanted.isAfter(now.plus(LATEST))) {
            throw ProblemException.invalid("/sendAt", "field.send-at", LATEST.toDays());
        }
        return wanted;
    }

    private List<String> addressed(TicketId id) {
        var last = messages.lastReceived(id);
        return Stream.concat(last.to().stream(), last.cc().stream()).toList();
    }

    /** What there is to know for an answer to the ticket. */
    @Transactional(readOnly = true)
    public Correspondence correspondence(Actor actor, TicketId id) {
        var ticket = tickets.find(id).orElseThrow(ProblemException::notFound);
        pass(actor, Action.TICKET_REPLY, ticket);
        var last = messages.lastReceived(id);
        return new Correspondence(
                ticket.inbox(), ticket.customerAddress(), last.to(), last.cc(), values.of(actor, ticket));
    }

    private List<ReplyWritten.File> attach(UUID message, List<UUID> ids) {
        var files = messages.uploads(ids);
        if (files.size() != ids.size() || messages.attach(message, ids) != ids.size()) {
            throw ProblemException.invalid("/attachmentIds", "field.attachment-unknown");
        }
        return files.stream()
                .map(file -> new ReplyWritten.File(file.name(), file.type(), file.size(), file.blob()))
                .toList();
    }

    /** Writes a note that only we see. */
    public Entry note(Actor actor, TicketId id, String text, List<UUID> files) {
        reach(actor, id, Action.TICKET_NOTE);
        var message = messages.note(id, text);
        attach(message, files);
        tickets.noted(id, text);
        return timeline.append(Entry.message(id, clock.instant(), Kind.NOTE, By.of(actor), null, message));
    }

    /**
     * Gives the ticket to a person, a team, both or nobody.
     *
     * @throws ProblemException {@code invalid-request} if one of them does not work here
     */
    public void assign(Actor actor, TicketId id, @Nullable PersonId person, @Nullable TeamId team) {
        assign(actor, hold(actor, id, Action.TICKET_ASSIGN), person, team, null);
    }

    private void assign(
            Actor actor, Ticket ticket, @Nullable PersonId person, @Nullable TeamId team, @Nullable Reason reason) {
        var now = clock.instant();
        var ref = person == null
                ? null
                : people.active(person)
                        .orElseThrow(() -> ProblemException.invalid("/personId", "field.person-unknown"));
        var teamRef = team == null
                ? null
                : people.team(team).orElseThrow(() -> ProblemException.invalid("/teamId", "field.team-unknown"));
        var party = person != null
                ? people.partyOf(person)
                : team != null ? people.partyOf(team) : Optional.<People.PartyRef>empty();
        tickets.assign(
                ticket.id(),
                person,
                team,
                party.map(found -> found.id().value()).orElse(null));
        if (!Objects.equals(person, ticket.assignee())) {
            var before = ticket.assignee() == null ? null : nameOf(ticket.assignee());
            var change = new Change("assignee", before, ref == null ? null : ref.name());
            timeline.append(Entry.change(ticket.id(), now, Kind.ASSIGNED, By.of(actor), reason, change));
        }
        if (!Objects.equals(team, ticket.team())) {
            var before = ticket.team() == null
                    ? null
                    : people.team(ticket.team()).map(found -> found.name()).orElse(null);
            var change = new Change("team", before, teamRef == null ? null : teamRef.name());
            timeline.append(Entry.change(ticket.id(), now, Kind.ASSIGNED, By.of(actor), reason, change));
        }
    }

    private @Nullable String nameOf(PersonId person) {
        var found = people.named(List.of(person)).get(person);
        return found == null ? null : found.name();
    }

    /** Puts the ticket in another status. */
    public void changeStatus(Actor actor, TicketId id, TicketStatus status) {
        var ticket = hold(actor, id, Action.TICKET_STATUS);
        tickets.status(id, status);
        noteStatus(actor, ticket, status, clock.instant(), null);
    }

    private void noteStatus(Actor actor, Ticket ticket, TicketStatus status, Instant at, @Nullable String why) {
        if (status != ticket.status()) {
            var change = new Change("status", ticket.status().word(), status.word());
            var reason = why == null ? null : Reason.of(why);
            timeline.append(Entry.change(ticket.id(), at, Kind.STATUS_CHANGED, By.of(actor), reason, change));
        }
    }

    /** Gives the ticket exactly these tags. */
    public void tag(Actor actor, TicketId id, List<String> tags) {
        var ticket = hold(actor, id, Action.TICKET_TAG);
        var wanted = tags.stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        if (wanted.size() > MOST_TAGS) {
            throw ProblemException.invalid("/tags", "field.too-many", MOST_TAGS);
        }
        if (!wanted.equals(ticket.tags())) {
            tickets.tag(id, wanted);
            var change = new Change("tags", String.join(", ", ticket.tags()), String.join(", ", wanted));
            timeline.append(Entry.change(id, clock.instant(), Kind.TAGGED, By.of(actor), null, change));
        }
    }

    /** Corrects the order that the ticket is about; {@code null} for none. */
    public void linkOrder(Actor actor, TicketId id, @Nullable OrderId order) {
        var ticket = hold(actor, id, Action.TICKET_LINK_ORDER);
        var number = order == null
                ? null
                : orders.find(order)
                        .orElseThrow(() -> ProblemException.invalid("/orderId", "field.order-unknown"))
                        .number();
        var before = ticket.order() == null
                ? null
                : orders.find(ticket.order()).map(found -> found.number()).orElse(null);
        var reason = Reason.of(order == null ? "order.unlinked-by" : "order.linked-by", actor.name());
        tickets.link(id, order, number, reason);
        timeline.append(Entry.change(
                id, clock.instant(), Kind.ORDER_LINKED, By.of(actor), reason, new Change("order", before, number)));
    }

    /**
     * Takes back a reply that has not left yet.
     *
     * @throws ProblemException {@code already-sent} if it has
     */
    public Entry takeBack(Actor actor, TicketId id, EntryId reply) {
        var ticket = hold(actor, id, Action.TICKET_REPLY);
        var entry = replyOf(id, reply);
        var message = Objects.requireNonNull(entry.message());
        events.publishEvent(new ReplyTakenBack(id, message));
        messages.delivery(message, new Delivery(Delivery.State.CANCELLED, clock.instant(), 0, null, null));
        tickets.unreplied(id, statusBefore(ticket));
        timeline.append(Entry.message(id, clock.instant(), Kind.REPLY_CANCELLED, By.of(actor), null, message));
        return entry;
    }

    /**
     * Lets a reply that waits leave at another time: now, for one that the customer overtook.
     *
     * @param at absent for at once
     * @throws ProblemException {@code already-sent} if it has left
     */
    public Entry reschedule(Actor actor, TicketId id, EntryId reply, @Nullable Instant at) {
        hold(actor, id, Action.TICKET_REPLY);
        var entry = replyOf(id, reply);
        var message = Objects.requireNonNull(entry.message());
        var now = clock.instant();
        var sendAt = at == null ? now : bounded(at, now);
        events.publishEvent(new ReplyRescheduled(id, message, sendAt));
        messages.reschedule(message, sendAt, at);
        messages.delivery(message, new Delivery(Delivery.State.QUEUED, now, 0, null, null));
        timeline.told(id, message);
        return entry;
    }

    private static TicketStatus statusBefore(Ticket ticket) {
        return ticket.status() == TicketStatus.PENDING || ticket.status() == TicketStatus.SOLVED
                ? TicketStatus.OPEN
                : ticket.status();
    }

    /** Tries a failed reply once more. */
    public Entry retry(Actor actor, TicketId id, EntryId reply) {
        hold(actor, id, Action.TICKET_REPLY);
        var entry = replyOf(id, reply);
        events.publishEvent(new ReplyRetried(id, Objects.requireNonNull(entry.message())));
        return entry;
    }

    private Entry replyOf(TicketId ticket, EntryId id) {
        return timeline.find(ticket, id)
                .filter(entry -> entry.kind() == Kind.REPLY)
                .orElseThrow(ProblemException::notFound);
    }

    /** A ticket that {@code actor} may do {@code action} to and that is not closed, held until the transaction ends. */
    private Ticket hold(Actor actor, TicketId id, Action action) {
        var ticket = tickets.lock(id).orElseThrow(ProblemException::notFound);
        pass(actor, action, ticket);
        if (ticket.status() == TicketStatus.CLOSED && action != Action.TICKET_STATUS) {
            throw new TicketClosedException(ticket.number());
        }
        return ticket;
    }

    private void reach(Actor actor, TicketId id, Action action) {
        pass(actor, action, tickets.find(id).orElseThrow(ProblemException::notFound));
    }

    private void pass(Actor actor, Action action, Ticket ticket) {
        gate.pass(actor, action, ticket.matter());
    }

    private static @Nullable UUID personOf(Actor actor) {
        var person = actor.personOrNull();
        return person == null ? null : person.value();
    }
}
