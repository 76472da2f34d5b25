package org.relevo.tickets.web;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.access.People;
import org.relevo.access.PersonId;
import org.relevo.access.PersonRef;
import org.relevo.access.TeamId;
import org.relevo.access.TeamRef;
import org.relevo.customers.CustomerId;
import org.relevo.customers.Customers;
import org.relevo.orders.OrderId;
import org.relevo.orders.OrderRef;
import org.relevo.orders.Orders;
import org.relevo.platform.Texts;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.MessageFacts.Automatic.Kind;
import org.relevo.tickets.ReceivedMessage.Page;
import org.relevo.tickets.domain.ContentLinks;
import org.relevo.tickets.domain.Entry;
import org.relevo.tickets.domain.MailPage;
import org.relevo.tickets.domain.StoredMessage;
import org.relevo.tickets.domain.StoredMessage.StoredFile;
import org.relevo.tickets.domain.TicketRow;
import org.relevo.tickets.persistence.MessageTable;
import org.springframework.stereotype.Component;

/** Turns rows and entries into the contract's shapes, asking each module once for the names it knows. */
@Component
class Presenter {

    private final People people;
    private final Customers customers;
    private final Orders orders;
    private final MessageTable messages;
    private final ContentLinks links;
    private final Texts texts;

    Presenter(
            People people, Customers customers, Orders orders, MessageTable messages, ContentLinks links, Texts texts) {
        this.people = people;
        this.customers = customers;
        this.orders = orders;
        this.messages = messages;
        this.links = links;
        this.texts = texts;
    }

    List<Shapes.Row> rows(List<TicketRow> rows) {
        var named = customers.named(rows.stream().map(TicketRow::customer).toList());
        var assignees = people.named(present(rows, TicketRow::assignee));
        var bought = orders.named(present(rows, TicketRow::order));
        var teams = rows.stream().anyMatch(row -> row.team() != null)
                ? people.teams().stream().collect(Collectors.toMap(TeamRef::id, Function.identity()))
                : Map.<TeamId, TeamRef>of();
        return rows.stream()
                .map(row -> {
                    var customer = named.get(row.customer());
                    return row(row, customer, assignees, bought, teams);
                })
                .toList();
    }

    private static <T> List<T> present(List<TicketRow> rows, Function<TicketRow, @Nullable T> part) {
        return rows.stream()
                .map(part)
                .filter(Objects::nonNull)
                .distinct()
                .map(Objects::requireNonNull)
                .toList();
    }

    private static Shapes.Row row(
            TicketRow row,
            Customers.@Nullable Ref customer,
            Map<PersonId, PersonRef> assignees,
            Map<OrderId, OrderRef> bought,
            Map<TeamId, TeamRef> teams) {
        var name = customer == null ? String.valueOf(row.customerAddress()) : customer.name();
        return new Shapes.Row(
                row.id(),
                row.number(),
                row.subject(),
                row.status(),
                row.channel(),
                row.preview(),
                row.lastMessageAt(),
                row.waitingSince(),
                row.unread(),
                row.attachments(),
                new Shapes.CustomerRef(row.customer(), name, row.customerAddress()),
                row.order() == null ? null : bought.get(row.order()),
                row.assignee() == null ? null : assignees.get(row.assignee()),
                row.team() == null ? null : teams.get(row.team()),
                row.tags(),
                row.deliveryFailed());
    }

    /** Entries as they stand in {@code entries}, told in the reader's language. */
    List<Shapes.TimelineEntry> entries(List<Entry> entries, Shapes.CustomerRef customer, Locale reader) {
        var ids = entries.stream()
                .map(Entry::message)
                .filter(Objects::nonNull)
                .distinct()
                .map(Objects::requireNonNull)
                .toList();
        var stored = messages.find(ids);
        var writers = writers(entries, customer);
        return entries.stream()
                .map(entry -> entry(entry, stored, writers, reader))
                .toList();
    }

    /** Not everybody who writes in a conversation is its customer. */
    private Map<UUID, String> writers(List<Entry> entries, Shapes.CustomerRef customer) {
        var names = new HashMap<UUID, String>();
        names.put(customer.id().value(), customer.name());
        var others = entries.stream()
                .filter(entry -> "customer".equals(entry.by().kind()))
                .map(entry -> entry.by().id())
                .filter(id -> id != null && !names.containsKey(id))
                .map(id -> new CustomerId(Objects.requireNonNull(id)))
                .distinct()
                .toList();
        customers.named(others).forEach((id, other) -> names.put(id.value(), other.name()));
        return names;
    }

    private Shapes.TimelineEntry entry(
            Entry entry, Map<UUID, StoredMessage> stored, Map<UUID, String> writers, Locale reader) {
        var by = entry.by();
        var name = switch (by.kind()) {
            case "customer" -> writers.getOrDefault(by.id(), addressOf(entry, stored));
            case "system" -> "RELEVO";
            default -> String.valueOf(by.name());
        };
        var message = entry.message() == null || entry.kind() == Entry.Kind.REPLY_CANCELLED
                ? null
                : stored.get(entry.message());
        var change = entry.change();
        return new Shapes.TimelineEntry(
                entry.id(),
                entry.at(),
                entry.kind().word(),
                new Shapes.TimelineActor(by.kind(), by.id(), name, by.partyKind()),
                entry.reason() == null ? null : texts.sentence(entry.reason(), reader),
                message == null ? null : message(message, reader),
                change == null ? null : new Shapes.TimelineChange(change.field(), change.before(), change.after()));
    }

    /** What is left of somebody whose name was erased. */
    private static String addressOf(Entry entry, Map<UUID, StoredMessage> stored) {
        var message = entry.message() == null ? null : stored.get(entry.message());
        return message == null || message.from() == null ? "" : message.from();
    }

    private Shapes.Message message(StoredMessage message, Locale reader) {
        var facts = message.facts();
        return new Shapes.Message(
                message.id(),
                message.text(),
                message.language(),
                message.from(),
                message.to(),
                message.cc(),
                frame(message.html(), "html", message.id()),
                message.reply() == null
                        ? null
                        : new Shapes.Answer(message.reply(), frame(message.replyHtml(), "answer", message.id())),
                message.answersTo(),
                message.alsoTo(),
                message.stranger(),
                message.files().stream().map(this::attachment).toList(),
                message.delivery() == null ? null : delivery(message.delivery(), message, reader),
                message.unreadable(),
                facts.automatic().kind() == Kind.NONE ? null : automatic(facts.automatic(), reader),
                new Shapes.Sender(
                        facts.sender().verdict(),
                        facts.sender().spf(),
                        facts.sender().dkim(),
                        facts.sender().dmarc()),
                facts.forwarded(),
                facts.invitations(),
                facts.protection(),
                facts.problem() == null ? null : texts.sentence(facts.problem(), reader),
                message.raw() == null ? null : links.of("source", message.id()),
                message.bcc(),
                message.signature().isEmpty() ? null : message.signature());
    }

    private Shapes.@Nullable Frame frame(@Nullable Page page, String kind, UUID message) {
        if (page == null) {
            return null;
        }
        var pictures = MailPage.namesRemoteImages(page.html()) ? links.of(kind + "-images", message) : null;
        return new Shapes.Frame(links.of(kind, message), page.height(), pictures);
    }

    private Shapes.Automatic automatic(MessageFacts.Automatic automatic, Locale reader) {
        var because = automatic.because();
        return new Shapes.Automatic(
                automatic.kind().word(),
                because == null ? null : texts.sentence(because, reader),
                automatic.asksNothing());
    }

    Shapes.Attachment attachment(StoredFile file) {
        return new Shapes.Attachment(
                file.id(),
                file.name(),
                file.type(),
                file.size(),
                links.of("file", file.id()),
                SafeTypes.isImage(file.type()),
                file.inline());
    }

    private Shapes.DeliveryState delivery(Delivery delivery, StoredMessage message, Locale reader) {
        var held = delivery.state() == Delivery.State.HELD;
        var open = held || delivery.state() == Delivery.State.QUEUED && delivery.attempts() == 0;
        return new Shapes.DeliveryState(
                delivery.state(),
                delivery.at(),
                delivery.attempts(),
                delivery.next(),
                delivery.reason() == null ? null : texts.sentence(delivery.reason(), reader),
                open ? message.cancellableUntil() : null,
                open ? message.scheduledAt() : null,
                delivery.recipients().stream()
                        .map(one -> new Shapes.DeliveryRecipient(one.address(), one.state(), one.words()))
                        .toList());
    }
}
