package org.relevo.channels.outbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.relevo.channels.outbound.Outgoing.Recipient;
import org.relevo.platform.Workspace;
import org.relevo.tickets.Delivery;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code channels.outbound}. Methods run in their caller's transaction. */
@Repository
public class OutboundStore {

    private static final TypeReference<List<ReplyWritten.File>> FILES = new TypeReference<>() {};

    private static final String COLUMNS = """
            select id, ticket_id, mailbox_id, header_id, from_address, from_name, reply_to, subject, text, signature,
                   references_, files, written_at, nature, state, attempts, first_try_at
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
                insert into channels.outbound (id, workspace_id, ticket_id, mailbox_id, header_id, from_address, from_name,
                  reply_to, subject, text, signature, references_, files, written_at, nature, state)
                values (:id, :workspace, :ticket, :mailbox, :headerId, :from, :fromName, :replyTo, :subject, :text,
                  :signature, :references, :files::jsonb, :at, :nature, 'queued')
                """)
                .param("id", mail.id())
                .param("workspace", Workspace.required().value())
                .param("ticket", mail.ticket().value())
                .param("mailbox", mail.mailbox())
                .param("headerId", mail.headerId())
                .param("from", mail.from().address())
                .param("fromName", mail.from().name())
                .param("replyTo", mail.replyTo())
                .param("subject", mail.subject())
                .param("text", mail.text())
                .param("signature", mail.signature())
                .param("references", mail.references().toArray(String[]::new))
                .param("files", json.writeValueAsString(mail.files()))
                .param("at", Timestamp.from(mail.writtenAt()))
                .param("nature", mail.nature().name().toLowerCase(Locale.ROOT))
                .update();
        add(mail.id(), mail.recipients());
    }

    private void add(UUID mail, List<Recipient> recipients) {
        jdbc.sql("""
                insert into channels.outbound_recipients (workspace_id, outbound_id, place, kind, address, state)
                select :workspace, :mail, place, kind, address, 'queued'
                from unnest(:places::int[], :kinds::text[], :addresses::text[]) as given (place, kind, address)
                """)
                .param("workspace", Workspace.required().value())
                .param("mail", mail)
                .param("places", recipients.stream().map(Recipient::place).toArray(Integer[]::new))
                .param(
                        "kinds",
                        recipients.stream()
                                .map(one -> one.kind().name().toLowerCase(Locale.ROOT))
                                .toArray(String[]::new))
                .param("addresses", recipients.stream().map(Recipient::address).toArray(String[]::new))
                .update();
    }

    /** How far it has come to these. */
    public void answered(UUID mail, List<Recipient> recipients) {
        for (var one : recipients) {
            jdbc.sql("""
                    update channels.outbound_recipients set state = :state, words = :words
                    where workspace_id = platform.current_workspace() and outbound_id = :mail and place = :place
                    """)
                    .param("state", one.state().word())
                    .param("words", one.words())
                    .param("mail", mail)
                    .param("place", one.place())
                    .update();
        }
    }

    /** How far the mail has come to each of its addresses. */
    public List<Recipient> recipients(UUID mail) {
        return jdbc.sql("""
                        select place, kind, address, state, words from channels.outbound_recipients
                        where workspace_id = platform.current_workspace() and outbound_id = :mail order by place
                        """)
                .param("mail", mail)
                .query((row, _) -> new Recipient(
                        row.getInt("place"),
                        Outgoing.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("address"),
                        Delivery.State.of(row.getString("state")),
                        row.getString("words")))
                .list();
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
                .query((row, _) -> outgoing(row, recipients(id)))
                .optional();
    }

    /** The mail that we sent under this Message-ID. */
    public Optional<Outgoing> named(String headerId) {
        return jdbc.sql(
                        "select id from channels.outbound where workspace_id = platform.current_workspace() and header_id = :headerId")
                .param("headerId", headerId)
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    /** The mail with this number. */
    public Optional<Outgoing> numbered(long number) {
        return jdbc.sql(
                        "select id from channels.outbound where workspace_id = platform.current_workspace() and number = :number")
                .param("number", number)
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    /** The short name of a mail, which never changes. For whoever sends it, and therefore holds no transaction. */
    @Transactional(readOnly = true)
    public long number(UUID mail) {
        return jdbc.sql(
                        "select number from channels.outbound where workspace_id = platform.current_workspace() and id = :id")
                .param("id", mail)
                .query(Long.class)
                .single();
    }

    /** The mail with this id. */
    public Optional<Outgoing> find(UUID id) {
        return find(id, "");
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

    /** Those who still wait will not get it. */
    public void gaveUp(UUID id) {
        jdbc.sql("""
                update channels.outbound_recipients set state = 'failed'
                where workspace_id = platform.current_workspace() and outbound_id = :id and state = 'queued'
                """).param("id", id).update();
    }

    /** Begins anew with a mail that had ended badly, for those who did not get it. */
    public void restart(UUID id) {
        jdbc.sql("""
                update channels.outbound set state = 'queued', attempts = 0, first_try_at = null
                where workspace_id = platform.current_workspace() and id = :id
                """).param("id", id).update();
        jdbc.sql("""
                update channels.outbound_recipients set state = 'queued', words = null
                where workspace_id = platform.current_workspace() and outbound_id = :id and state <> 'sent'
                """).param("id", id).update();
    }

    private Outgoing outgoing(ResultSet row, List<Recipient> recipients) throws SQLException {
        var first = row.getTimestamp("first_try_at");
        return new Outgoing(
                row.getObject("id", UUID.class),
                new TicketId(row.getObject("ticket_id", UUID.class)),
                row.getObject("mailbox_id", UUID.class),
                row.getString("header_id"),
                new Outgoing.From(row.getString("from_address"), row.getString("from_name")),
                row.getString("reply_to"),
                recipients,
                row.getString("subject"),
                row.getString("text"),
                row.getString("signature"),
                List.of((String[]) row.getArray("references_").getArray()),
                json.readValue(row.getString("files"), FILES),
                row.getTimestamp("written_at").toInstant(),
                Outgoing.Nature.valueOf(row.getString("nature").toUpperCase(Locale.ROOT)),
                Delivery.State.of(row.getString("state")),
                row.getInt("attempts"),
                first == null ? null : first.toInstant());
    }
}
