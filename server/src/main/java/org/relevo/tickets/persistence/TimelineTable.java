package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Texts;
import org.relevo.platform.TimeCursor;
import org.relevo.platform.Workspace;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.relevo.tickets.EntryId;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.domain.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The append-only table {@code tickets.timeline}. What is appended here is told to the live feed in the same transaction. */
@Repository
public class TimelineTable {

    private static final String COLUMNS = """
            select id, ticket_id, at, kind, actor_kind, actor_id, actor_name, actor_party, reason, field, before, after,
                   message_id
            from tickets.timeline where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final Texts texts;
    private final Events events;

    TimelineTable(JdbcClient jdbc, Texts texts, Events events) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.events = events;
    }

    public Entry append(Entry entry) {
        var change = entry.change();
        jdbc.sql("""
                insert into tickets.timeline (id, workspace_id, ticket_id, at, kind, actor_kind, actor_id, actor_name,
                  actor_party, reason, field, before, after, message_id)
                values (:id, :workspace, :ticket, :at, :kind, :actorKind, :actor, :actorName, :actorParty, :reason::jsonb,
                  :field, :before, :after, :message)
                """)
                .param("id", entry.id().value())
                .param("workspace", Workspace.required().value())
                .param("ticket", entry.ticket().value())
                .param("at", Timestamp.from(entry.at()))
                .param("kind", entry.kind().word())
                .param("actorKind", entry.by().kind())
                .param("actor", entry.by().id())
                .param("actorName", entry.by().name())
                .param("actorParty", entry.by().partyKind())
                .param("reason", entry.reason() == null ? null : texts.write(entry.reason()))
                .param("field", change == null ? null : change.field())
                .param("before", change == null ? null : change.before())
                .param("after", change == null ? null : change.after())
                .param("message", entry.message())
                .update();
        var person = "person".equals(entry.by().kind()) ? entry.by().id() : null;
        events.append(new Event(
                "ticket",
                entry.ticket().value(),
                entry.id().value(),
                entry.kind().word(),
                person));
        return entry;
    }

    /** Tells the live feed that something about a message changed that is no entry of its own. */
    public void told(TicketId ticket, UUID message) {
        events.append(new Event("ticket", ticket.value(), message, "delivery", null));
    }

    /** The newest entries before {@code cursor} (or of all), newest first, one more than {@code limit} if there are. */
    public List<Entry> before(TicketId ticket, @Nullable TimeCursor cursor, int limit) {
        var sql = COLUMNS + " and ticket_id = :ticket"
                + (cursor == null ? "" : " and (at, id) < (:at, :id)")
                + " order by at desc, id desc limit :limit";
        var query = jdbc.sql(sql).param("ticket", ticket.value()).param("limit", limit + 1);
        if (cursor != null) {
            query = query.param("at", Timestamp.from(cursor.at())).param("id", cursor.id());
        }
        return query.query(this::entry).list();
    }

    public Optional<Entry> find(TicketId ticket, EntryId id) {
        return jdbc.sql(COLUMNS + " and ticket_id = :ticket and id = :id")
                .param("ticket", ticket.value())
                .param("id", id.value())
                .query(this::entry)
                .optional();
    }

    /** The newest reply or customer message that is newer than the entry {@code seen}, by somebody else than {@code person}. */
    public boolean answeredSince(TicketId ticket, EntryId seen, @Nullable UUID person) {
        return jdbc.sql("""
                select exists (select 1 from tickets.timeline t
                  where t.workspace_id = platform.current_workspace() and t.ticket_id = :ticket
                    and t.kind in ('reply', 'message-received')
                    and t.actor_id is distinct from :person
                    and (t.at, t.id) > (select s.at, s.id from tickets.timeline s
                                        where s.ticket_id = :ticket and s.id = :seen))
                """)
                .param("ticket", ticket.value())
                .param("person", person)
                .param("seen", seen.value())
                .query(Boolean.class)
                .single();
    }

    /** When the ticket was last put in one of its final states. */
    public Optional<Instant> doneAt(TicketId ticket) {
        return jdbc.sql("""
                select at from tickets.timeline
                where workspace_id = platform.current_workspace() and ticket_id = :ticket and field = 'status'
                  and after in ('solved', 'closed')
                order by at desc, id desc limit 1
                """)
                .param("ticket", ticket.value())
                .query((row, _) -> row.getTimestamp("at").toInstant())
                .optional();
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        var reason = row.getString("reason");
        var field = row.getString("field");
        return new Entry(
                new EntryId(row.getObject("id", UUID.class)),
                new TicketId(row.getObject("ticket_id", UUID.class)),
                row.getTimestamp("at").toInstant(),
                Entry.Kind.of(row.getString("kind")),
                new Entry.By(
                        row.getString("actor_kind"),
                        row.getObject("actor_id", UUID.class),
                        row.getString("actor_name"),
                        row.getString("actor_party")),
                reason == null ? null : texts.read(reason),
                field == null ? null : new Entry.Change(field, row.getString("before"), row.getString("after")),
                row.getObject("message_id", UUID.class));
    }
}
