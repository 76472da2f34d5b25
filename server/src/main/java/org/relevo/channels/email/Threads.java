package org.relevo.channels.email;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Decides which ticket a mail belongs to: by our signed reply address, then by any Message-ID that we sent, received or saw
 * named; else it is a new matter. The one place that decides it. A subject alone never joins a mail to a ticket.
 */
@Repository
class Threads {

    private static final int KEPT_REFERENCES = 10;

    /** Where a mail belongs, and why. */
    record Belonging(Optional<TicketId> ticket, Reason why) {}

    private final JdbcClient jdbc;
    private final ReplyAddress addresses;

    Threads(JdbcClient jdbc, ReplyAddress addresses) {
        this.jdbc = jdbc;
        this.addresses = addresses;
    }

    /**
     * The thread of {@code mail}, held against other mails of it until the transaction ends. Its own id counts if others named it before it came, or if we gave it; two mails that
     * merely carry the same id, as broken programs send them, are two matters.
     */
    Belonging of(ParsedMail mail) {
        hold(mail);
        var addressed = addresses.read(mail.recipients()).filter(this::exists);
        if (addressed.isPresent()) {
            return new Belonging(addressed, Reason.of("thread.reply-address"));
        }
        var known = jdbc.sql("""
                select ticket_id, seen from channels.message_ids
                where workspace_id = platform.current_workspace()
                  and (header_id = any(:ancestors) or header_id = :own and (not seen or :ours))
                order by array_position(:ancestors, header_id) limit 1
                """)
                .param("ancestors", mail.ancestors().toArray(String[]::new))
                .param("own", mail.messageId().orElse(""))
                .param("ours", mail.messageId().filter(addresses::isOurs).isPresent())
                .query((row, _) -> new Belonging(
                        Optional.of(new TicketId(row.getObject("ticket_id", UUID.class))),
                        Reason.of(row.getBoolean("seen") ? "thread.references" : "thread.common-ancestor")))
                .optional();
        return known.orElseGet(() -> new Belonging(Optional.empty(), Reason.of("thread.new")));
    }

    /** Two mails of one unknown thread must not become two tickets: they meet at their oldest ancestor. */
    private void hold(ParsedMail mail) {
        var root = mail.ancestors().isEmpty()
                ? mail.messageId().orElse("")
                : mail.ancestors().getLast();
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                .param("key", Workspace.required() + root)
                .query((_, _) -> root)
                .list();
    }

    private boolean exists(TicketId ticket) {
        return jdbc.sql("""
                select exists (select 1 from channels.message_ids
                  where workspace_id = platform.current_workspace() and ticket_id = :ticket)
                """)
                .param("ticket", ticket.value())
                .query(Boolean.class)
                .single();
    }

    /** Remembers the ids that {@code mail} carries and names, so that its relatives find the ticket. */
    void remember(ParsedMail mail, TicketId ticket, Instant at) {
        mail.messageId().ifPresent(id -> remember(id, ticket, at, true));
        for (var ancestor : mail.ancestors()) {
            remember(ancestor, ticket, at, false);
        }
    }

    void remember(String headerId, TicketId ticket, Instant at, boolean seen) {
        jdbc.sql("""
                insert into channels.message_ids (workspace_id, header_id, ticket_id, at, seen)
                values (:workspace, :id, :ticket, :at, :seen)
                on conflict (workspace_id, header_id) do update set seen = message_ids.seen or excluded.seen
                """)
                .param("workspace", Workspace.required().value())
                .param("id", headerId)
                .param("ticket", ticket.value())
                .param("at", Timestamp.from(at))
                .param("seen", seen)
                .update();
    }

    /** Notes that a mail with this id was never sent, so that no later one names it. */
    void unsent(String headerId) {
        jdbc.sql("""
                update channels.message_ids set seen = false
                where workspace_id = platform.current_workspace() and header_id = :id
                """).param("id", headerId).update();
    }

    /** The newest ten ids of the ticket's mails, oldest first, for References. */
    List<String> references(TicketId ticket) {
        return jdbc.sql("""
                        select header_id from channels.message_ids
                        where workspace_id = platform.current_workspace() and ticket_id = :ticket and seen
                        order by at desc, number desc limit :limit
                        """)
                .param("ticket", ticket.value())
                .param("limit", KEPT_REFERENCES)
                .query((row, _) -> row.getString("header_id"))
                .list()
                .reversed();
    }
}
