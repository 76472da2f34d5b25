package org.relevo.channels.email;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.Tickets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Decides which ticket a mail belongs to: by our signed reply address, then by any Message-ID that we sent, received or saw
 * named, or by what can be guessed if the sender takes part already; else it is a new matter. The one place that decides it.
 */
@Repository
class Threads {

    private static final int KEPT_REFERENCES = 10;
    private static final int EXCHANGE_ROOT = 29; // whole base64 letters of 22 bytes

    /** Where a mail belongs, and why. */
    record Belonging(Optional<TicketId> ticket, Reason why) {}

    private final JdbcClient jdbc;
    private final ReplyAddress addresses;
    private final Tickets tickets;

    Threads(JdbcClient jdbc, ReplyAddress addresses, Tickets tickets) {
        this.jdbc = jdbc;
        this.addresses = addresses;
        this.tickets = tickets;
    }

    /**
     * The thread of {@code read}, held against other mails of it until the transaction ends. Its own id counts if others named
     * it before it came, or if we gave it; two mails that merely carry the same id, as broken programs send them, are two
     * matters. What can be guessed (a number in the subject, Exchange's index of a conversation) counts only for who takes
     * part in that ticket, and not when the sender is proven false.
     */
    Belonging of(ReadMail read) {
        var mail = read.mail();
        hold(mail);
        return addressed(mail)
                .or(() -> named(mail))
                .or(() -> guessed(read))
                .orElseGet(() -> new Belonging(Optional.empty(), Reason.of("thread.new")));
    }

    private Optional<Belonging> addressed(ParsedMail mail) {
        return addresses
                .read(mail.author().address(), mail.recipients())
                .flatMap(tickets::numbered)
                .map(ticket -> new Belonging(Optional.of(ticket), Reason.of("thread.reply-address")));
    }

    private Optional<Belonging> named(ParsedMail mail) {
        return jdbc.sql("""
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
    }

    private Optional<Belonging> guessed(ReadMail read) {
        if (read.authentication().failed()) {
            return Optional.empty();
        }
        var mail = read.mail();
        var sender = mail.author().address();
        return SubjectNumber.in(mail.subject())
                .flatMap(number -> tickets.ofParticipant(number, sender))
                .map(ticket -> new Belonging(Optional.of(ticket), Reason.of("thread.subject-number")))
                .or(() -> exchangeIndex(mail)
                        .flatMap(this::known)
                        .filter(ticket -> tickets.isParticipant(ticket, sender))
                        .map(ticket -> new Belonging(Optional.of(ticket), Reason.of("thread.exchange-index"))));
    }

    private Optional<TicketId> known(String id) {
        return jdbc.sql("""
                select ticket_id from channels.message_ids
                where workspace_id = platform.current_workspace() and header_id = :id
                """)
                .param("id", id)
                .query((row, _) -> new TicketId(row.getObject("ticket_id", UUID.class)))
                .optional();
    }

    /** The first 22 bytes of Thread-Index name an Exchange conversation; each answer adds five more (MS-OXOMSG, 2.2.1.3). */
    private static Optional<String> exchangeIndex(ParsedMail mail) {
        return mail.headers()
                .first("Thread-Index")
                .map(index -> index.replaceAll("\\s", ""))
                .filter(index -> index.length() >= EXCHANGE_ROOT)
                .map(index -> "thread-index:" + index.substring(0, EXCHANGE_ROOT));
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

    /** Remembers the ids that {@code mail} carries and names, so that its relatives find the ticket. */
    void remember(ParsedMail mail, TicketId ticket, Instant at) {
        var ids = new TreeMap<String, Boolean>(); // in one order for all, so that no two wait for each other
        mail.ancestors().forEach(ancestor -> ids.put(ancestor, false));
        exchangeIndex(mail).ifPresent(index -> ids.put(index, false));
        mail.messageId().ifPresent(id -> ids.put(id, true));
        remember(ids, ticket, at);
    }

    void remember(String headerId, TicketId ticket, Instant at, boolean seen) {
        remember(new TreeMap<>(Map.of(headerId, seen)), ticket, at);
    }

    private void remember(SortedMap<String, Boolean> ids, TicketId ticket, Instant at) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into channels.message_ids (workspace_id, header_id, ticket_id, at, seen)
                select :workspace, named.id, :ticket, :at, named.seen from unnest(:ids, :seen) as named (id, seen)
                on conflict (workspace_id, header_id) do update set seen = message_ids.seen or excluded.seen
                """)
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("at", Timestamp.from(at))
                .param("ids", ids.keySet().toArray(String[]::new))
                .param("seen", ids.values().toArray(Boolean[]::new))
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
