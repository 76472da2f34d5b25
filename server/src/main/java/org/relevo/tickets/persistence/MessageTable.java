package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Texts;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobId;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.ReceivedMessage;
import org.relevo.tickets.ReceivedMessage.Page;
import org.relevo.tickets.Recipients;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.domain.StoredMessage;
import org.relevo.tickets.domain.StoredMessage.StoredFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code tickets.messages} and {@code tickets.attachments}. */
@Repository
public class MessageTable {

    private static final TypeReference<List<Delivery.Recipient>> RECIPIENTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Texts texts;
    private final JsonMapper json;

    MessageTable(JdbcClient jdbc, Texts texts, JsonMapper json) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.json = json;
    }

    /**
     * Keeps what a customer sent and tells its id.
     *
     * @param stranger whether somebody sent it who does not take part in the ticket
     */
    public UUID received(TicketId ticket, ReceivedMessage message, boolean stranger) {
        var id = Uuid7.next();
        var raw = message.raw();
        var words = message.words();
        var addresses = message.addresses();
        jdbc.sql("""
                insert into tickets.messages (id, workspace_id, ticket_id, kind, text, html, html_height, reply_text, reply_html,
                  reply_html_height, from_address, answers_to, to_addresses, cc_addresses, raw, unreadable, stranger, facts)
                values (:id, :workspace, :ticket, 'received', :text, :html, :height, :reply, :replyHtml, :replyHeight, :from,
                  :answersTo, :to, :cc, :raw, :unreadable, :stranger, :facts::jsonb)
                """)
                .param("id", id)
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("text", words.text())
                .param("html", words.html() == null ? null : words.html().html())
                .param("height", words.html() == null ? null : words.html().height())
                .param("reply", words.reply())
                .param(
                        "replyHtml",
                        words.replyHtml() == null ? null : words.replyHtml().html())
                .param(
                        "replyHeight",
                        words.replyHtml() == null ? null : words.replyHtml().height())
                .param("from", addresses.from())
                .param("answersTo", addresses.answers().equals(addresses.from()) ? null : addresses.answers())
                .param("to", addresses.to().toArray(String[]::new))
                .param("cc", addresses.cc().toArray(String[]::new))
                .param("raw", raw == null ? null : raw.hex())
                .param("unreadable", message.unreadable())
                .param("stranger", stranger)
                .param("facts", json.writeValueAsString(message.facts()))
                .update();
        insert(id, message.files());
        return id;
    }

    /** Notes that the same message came to another inbox as well. */
    public void alsoDelivered(UUID message, String inbox) {
        jdbc.sql("""
                update tickets.messages set also_to = also_to || :inbox
                where workspace_id = platform.current_workspace() and id = :id and not :inbox = any(also_to)
                """).param("inbox", inbox).param("id", message).update();
    }

    private void insert(UUID message, List<ReceivedMessage.File> files) {
        if (files.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into tickets.attachments (id, workspace_id, message_id, name, type, size, blob, inline, content_id)
                select file.id, :workspace, :message, file.name, file.type, file.size, file.blob, file.inline, file.content_id
                from unnest(:ids, :names, :types, :sizes, :blobs, :inline, :contentIds)
                  as file (id, name, type, size, blob, inline, content_id)
                """)
                .param("workspace", Workspace.required().value())
                .param("message", message)
                .param("ids", column(files, UUID[]::new, _ -> Uuid7.next()))
                .param("names", column(files, String[]::new, ReceivedMessage.File::name))
                .param("types", column(files, String[]::new, ReceivedMessage.File::type))
                .param("sizes", column(files, Long[]::new, ReceivedMessage.File::size))
                .param("blobs", column(files, String[]::new, file -> file.blob().hex()))
                .param("inline", column(files, Boolean[]::new, ReceivedMessage.File::inline))
                .param("contentIds", column(files, String[]::new, ReceivedMessage.File::contentId))
                .update();
    }

    private static <T> T[] column(
            List<ReceivedMessage.File> files,
            IntFunction<T[]> array,
            Function<ReceivedMessage.File, @Nullable T> value) {
        return files.stream().map(value).toArray(array);
    }

    /** Keeps a reply that waits to be sent; {@link #leavesAs} says as whom. */
    public UUID reply(
            TicketId ticket,
            String text,
            Recipients recipients,
            Instant at,
            @Nullable Instant cancellableUntil,
            @Nullable Instant scheduled) {
        var id = Uuid7.next();
        jdbc.sql("""
                insert into tickets.messages (id, workspace_id, ticket_id, kind, text, to_addresses, cc_addresses,
                  bcc_addresses, delivery, delivery_at, cancellable_until, scheduled_at)
                values (:id, :workspace, :ticket, 'reply', :text, :to, :cc, :bcc, 'queued', :at, :until, :scheduled)
                """)
                .param("id", id)
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("text", text)
                .param("to", recipients.to().toArray(String[]::new))
                .param("cc", recipients.cc().toArray(String[]::new))
                .param("bcc", recipients.bcc().toArray(String[]::new))
                .param("at", Timestamp.from(at))
                .param("until", cancellableUntil == null ? null : Timestamp.from(cancellableUntil))
                .param("scheduled", scheduled == null ? null : Timestamp.from(scheduled))
                .update();
        return id;
    }

    /** As whom a reply leaves, and what is written below it. */
    public void leavesAs(UUID message, String from, String signature) {
        jdbc.sql("""
                update tickets.messages set from_address = :from, signature = :signature
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("from", from)
                .param("signature", signature)
                .param("id", message)
                .update();
    }

    /** Another time to leave; {@code scheduled} is absent when that is now. */
    public void reschedule(UUID message, Instant sendAt, @Nullable Instant scheduled) {
        jdbc.sql("""
                update tickets.messages set cancellable_until = :at, scheduled_at = :scheduled
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("at", Timestamp.from(sendAt))
                .param("scheduled", scheduled == null ? null : Timestamp.from(scheduled))
                .param("id", message)
                .update();
    }

    /** The ticket's replies that wait for their day. */
    public List<UUID> scheduled(TicketId ticket) {
        return jdbc.sql("""
                        select id from tickets.messages
                        where workspace_id = platform.current_workspace() and ticket_id = :ticket
                          and scheduled_at is not null and delivery = 'queued' and delivery_attempts = 0
                        """)
                .param("ticket", ticket.value())
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Whom a message was addressed to. */
    public record Addressed(List<String> to, List<String> cc) {}

    /** Whom the customer's last message was addressed to. */
    public Addressed lastReceived(TicketId ticket) {
        return jdbc.sql("""
                        select to_addresses, cc_addresses from tickets.messages
                        where workspace_id = platform.current_workspace() and ticket_id = :ticket and kind = 'received'
                        order by id desc limit 1
                        """)
                .param("ticket", ticket.value())
                .query((row, _) ->
                        new Addressed(Columns.texts(row, "to_addresses"), Columns.texts(row, "cc_addresses")))
                .optional()
                .orElseGet(() -> new Addressed(List.of(), List.of()));
    }

    public UUID note(TicketId ticket, String text) {
        var id = Uuid7.next();
        jdbc.sql("insert into tickets.messages (id, workspace_id, ticket_id, kind, text)"
                        + " values (:id, :workspace, :ticket, 'note', :text)")
                .param("id", id)
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("text", text)
                .update();
        return id;
    }

    /** The ticket that {@code message} belongs to. */
    public Optional<TicketId> ticketOf(UUID message) {
        return jdbc.sql(
                        "select ticket_id from tickets.messages where workspace_id = platform.current_workspace() and id = :id")
                .param("id", message)
                .query((row, _) -> new TicketId(row.getObject("ticket_id", UUID.class)))
                .optional();
    }

    public void delivery(UUID message, Delivery delivery) {
        var next = delivery.next();
        var reason = delivery.reason();
        jdbc.sql("""
                update tickets.messages set delivery = :state, delivery_at = :at, delivery_attempts = :attempts,
                  delivery_next = :next, delivery_reason = :reason::jsonb,
                  delivery_recipients = coalesce(:recipients::jsonb, delivery_recipients)
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("state", delivery.state().word())
                .param("at", Timestamp.from(delivery.at()))
                .param("attempts", delivery.attempts())
                .param("next", next == null ? null : Timestamp.from(next))
                .param("reason", reason == null ? null : texts.write(reason))
                .param(
                        "recipients",
                        delivery.recipients().isEmpty() ? null : json.writeValueAsString(delivery.recipients()))
                .param("id", message)
                .update();
    }

    /** The messages with these ids and their files. */
    public Map<UUID, StoredMessage> find(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var wanted = ids.toArray(UUID[]::new);
        var files = files("message_id = any(:ids)", wanted);
        return jdbc.sql("""
                select id, text, html, html_height, reply_text, reply_html, reply_html_height, language, from_address, answers_to,
                       to_addresses, cc_addresses, bcc_addresses, also_to, raw, unreadable, facts, signature, scheduled_at,
                       delivery, delivery_at, delivery_attempts, delivery_next, delivery_reason, delivery_recipients,
                       cancellable_until,
                       stranger and not exists (select 1 from tickets.participants let_in
                           where let_in.ticket_id = message.ticket_id and address = from_address and confirmed_at is not null)
                         and not exists (select 1 from tickets.tickets ticket
                           where ticket.id = message.ticket_id and customer_email = from_address) as stranger
                from tickets.messages message where workspace_id = platform.current_workspace() and id = any(:ids)
                """).param("ids", wanted).query((row, _) -> message(row, files)).stream()
                .collect(Collectors.toMap(StoredMessage::id, Function.identity()));
    }

    private StoredMessage message(ResultSet row, Map<UUID, List<StoredFile>> files) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var raw = row.getString("raw");
        var facts = row.getString("facts");
        return new StoredMessage(
                id,
                row.getString("text"),
                page(row, "html"),
                row.getString("reply_text"),
                page(row, "reply_html"),
                row.getString("language"),
                row.getString("from_address"),
                Columns.texts(row, "to_addresses"),
                Columns.texts(row, "cc_addresses"),
                row.getString("answers_to"),
                Columns.texts(row, "also_to"),
                row.getBoolean("stranger"),
                facts == null ? MessageFacts.NONE : json.readValue(facts, MessageFacts.class),
                raw == null ? null : new BlobId(raw),
                row.getBoolean("unreadable"),
                delivery(row),
                Columns.instant(row, "cancellable_until"),
                Columns.texts(row, "bcc_addresses"),
                row.getString("signature"),
                Columns.instant(row, "scheduled_at"),
                files.getOrDefault(id, List.of()));
    }

    private static @Nullable Page page(ResultSet row, String column) throws SQLException {
        var html = row.getString(column);
        return html == null ? null : new Page(html, row.getInt(column + "_height"));
    }

    private @Nullable Delivery delivery(ResultSet row) throws SQLException {
        var state = row.getString("delivery");
        if (state == null) {
            return null;
        }
        var reason = row.getString("delivery_reason");
        var recipients = row.getString("delivery_recipients");
        return new Delivery(
                Delivery.State.of(state),
                row.getTimestamp("delivery_at").toInstant(),
                row.getInt("delivery_attempts"),
                Columns.instant(row, "delivery_next"),
                reason == null ? null : texts.read(reason),
                recipients == null ? List.of() : json.readValue(recipients, RECIPIENTS));
    }

    private Map<UUID, List<StoredFile>> files(String condition, UUID[] ids) {
        record Found(UUID message, StoredFile file) {}
        return jdbc
                .sql("""
                select id, coalesce(message_id, id) as message_id, name, type, size, blob, inline, content_id
                from tickets.attachments where workspace_id = platform.current_workspace() and %s order by id
                """.formatted(condition))
                .param("ids", ids)
                .query((row, _) -> new Found(row.getObject("message_id", UUID.class), file(row)))
                .stream()
                .collect(Collectors.groupingBy(Found::message, Collectors.mapping(Found::file, Collectors.toList())));
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                new BlobId(row.getString("blob")),
                row.getBoolean("inline"),
                row.getString("content_id"));
    }

    /** A file that somebody uploads before they send it. */
    public StoredFile upload(String name, String type, long size, BlobId blob, @Nullable UUID by, Instant at) {
        var file = new StoredFile(Uuid7.next(), name, type, size, blob, false, null);
        jdbc.sql("""
                insert into tickets.attachments (id, workspace_id, name, type, size, blob, uploaded_by, uploaded_at)
                values (:id, :workspace, :name, :type, :size, :blob, :by, :at)
                """)
                .param("id", file.id())
                .param("workspace", Workspace.required().value())
                .param("name", name)
                .param("type", type)
                .param("size", size)
                .param("blob", blob.hex())
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
        return file;
    }

    /** Uploaded files that belong to no message yet, in the order of {@code ids}. */
    public List<StoredFile> uploads(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = files("message_id is null and id = any(:ids)", ids.toArray(UUID[]::new));
        return ids.stream()
                .flatMap(id -> found.getOrDefault(id, List.of()).stream())
                .toList();
    }

    /** Gives uploaded files to {@code message}; tells how many were still free. */
    public int attach(UUID message, List<UUID> files) {
        return files.isEmpty()
                ? 0
                : jdbc.sql("""
                        update tickets.attachments set message_id = :message
                        where workspace_id = platform.current_workspace() and message_id is null and id = any(:ids)
                        """)
                        .param("message", message)
                        .param("ids", files.toArray(UUID[]::new))
                        .update();
    }

    /** A file, and the ticket of its message, if it has one. */
    public Optional<StoredFile> file(UUID id) {
        return files("id = any(:ids)", new UUID[] {id}).values().stream()
                .flatMap(List::stream)
                .findFirst();
    }
}
