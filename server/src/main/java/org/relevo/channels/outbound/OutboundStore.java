package org.relevo.channels.outbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.platform.Workspace;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code channels.outbound}. Methods run in their caller's transaction. */
@Repository
public class OutboundStore {

    private static final TypeReference<List<ReplyWritten.File>> FILES = new TypeReference<>() {};

    private static final String COLUMNS = """
            select id, ticket_id, mailbox_id, header_id, reply_to, recipient, subject, text, author, references_, files,
                   written_at, state, attempts, first_try_at
            from channels.outbound where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OutboundStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public void add(Outgoing mail) {
        jdbc.sql("""
                insert into channels.outbound (id, workspace_id, ticket_id, mailbox_id, header_id, reply_to, recipient, subject,
                  text, author, references_, files, written_at, state)
                values (:id, :workspace, :ticket, :mailbox, :headerId, :replyTo, :recipient, :subject, :text, :author,
                  :references, :files::jsonb, :at, 'queued')
                """)
                .param("id", mail.id())
                .param("workspace", Workspace.required().value())
                .param("ticket", mail.ticket().value())
                .param("mailbox", mail.mailbox())
                .param("headerId", mail.headerId())
                .param("replyTo", mail.replyTo())
                .param("recipient", mail.recipient())
                .param("subject", mail.subject())
                .param("text", mail.text())
                .param("author", mail.author())
                .param("references", mail.references().toArray(String[]::new))
                .param("files", json.writeValueAsString(mail.files()))
                .param("at", Timestamp.from(mail.writtenAt()))
                .update();
    }

    /** The mail, held until the transaction ends. */
    public Optional<Outgoing> lock(UUID id) {
        return find(id, "for update");
    }

    /** The mail, held likewise; empty while a try holds it, which waits for the ticket that our caller holds. */
    public Optional<Outgoing> grab(UUID id) {
        return find(id, "for update skip locked");
    }

    private Optional<Outgoing> find(UUID id, String hold) {
        return jdbc.sql(COLUMNS + " and id = :id " + hold)
                .param("id", id)
                .query(this::outgoing)
                .optional();
    }

    /** The mail that we sent under this Message-ID. */
    public Optional<Outgoing> named(String headerId) {
        return jdbc.sql(COLUMNS + " and header_id = :headerId")
                .param("headerId", headerId)
                .query(this::outgoing)
                .optional();
    }

    /** Notes that a try begins now. */
    public void trying(UUID id, Instant now) {
        jdbc.sql("""
                update channels.outbound set state = 'sending', attempts = attempts + 1,
                  first_try_at = coalesce(first_try_at, :now)
                where workspace_id = platform.current_workspace() and id = :id
                """).param("now", Timestamp.from(now)).param("id", id).update();
    }

    public void state(UUID id, Delivery.State state) {
        jdbc.sql("""
                update channels.outbound set state = :state
                where workspace_id = platform.current_workspace() and id = :id
                """).param("state", state.word()).param("id", id).update();
    }

    /** Begins anew with a mail that had ended badly. */
    public void restart(UUID id) {
        jdbc.sql("""
                update channels.outbound set state = 'queued', attempts = 0, first_try_at = null
                where workspace_id = platform.current_workspace() and id = :id
                """).param("id", id).update();
    }

    private Outgoing outgoing(ResultSet row, int number) throws SQLException {
        var first = row.getTimestamp("first_try_at");
        return new Outgoing(
                row.getObject("id", UUID.class),
                new TicketId(row.getObject("ticket_id", UUID.class)),
                row.getObject("mailbox_id", UUID.class),
                row.getString("header_id"),
                row.getString("reply_to"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("author"),
                List.of((String[]) row.getArray("references_").getArray()),
                json.readValue(row.getString("files"), FILES),
                row.getTimestamp("written_at").toInstant(),
                Delivery.State.of(row.getString("state")),
                row.getInt("attempts"),
                first == null ? null : first.toInstant());
    }
}
