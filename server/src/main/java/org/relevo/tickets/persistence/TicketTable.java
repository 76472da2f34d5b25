package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PartyId;
import org.relevo.access.PersonId;
import org.relevo.access.TeamId;
import org.relevo.customers.CustomerId;
import org.relevo.orders.OrderId;
import org.relevo.platform.Reason;
import org.relevo.platform.Texts;
import org.relevo.platform.Workspace;
import org.relevo.tickets.MessageFacts.Sender.Verdict;
import org.relevo.tickets.ReceivedMessage;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;
import org.relevo.tickets.domain.SearchText;
import org.relevo.tickets.domain.Ticket;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The projection {@code tickets.tickets}. Every method runs in its caller's transaction. */
@Repository
public class TicketTable {

    private static final String COLUMNS = """
            select id, number, subject, status, inbox_id, inbox_address, customer_id, customer_email, order_id, assignee_id,
                   team_id, party_id, tags, waiting_since, last_message_at, doubtful
            from tickets.tickets where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final Texts texts;

    TicketTable(JdbcClient jdbc, Texts texts) {
        this.jdbc = jdbc;
        this.texts = texts;
    }

    public Optional<Ticket> find(TicketId id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("id", id.value())
                .query(TicketTable::ticket)
                .optional();
    }

    /** The ticket, held against other writers until the transaction ends. */
    public Optional<Ticket> lock(TicketId id) {
        return jdbc.sql(COLUMNS + " and id = :id for update")
                .param("id", id.value())
                .query(TicketTable::ticket)
                .optional();
    }

    /** The next number of the running workspace. Writers queue here, so take it as late as can be. */
    public long nextNumber() {
        return jdbc.sql("""
                insert into tickets.counters (workspace_id, last_number) values (:workspace, 1001)
                on conflict (workspace_id) do update set last_number = counters.last_number + 1
                returning last_number
                """)
                .param("workspace", Workspace.required().value())
                .query(Long.class)
                .single();
    }

    /** A new ticket, begun by {@code message}. */
    public void insert(
            TicketId id,
            long number,
            ReceivedMessage message,
            String preview,
            @Nullable UUID team,
            @Nullable UUID party,
            @Nullable TicketId followUpOf) {
        var asksNothing = message.facts().automatic().asksNothing();
        var order = message.order();
        jdbc.sql("""
                insert into tickets.tickets (id, workspace_id, number, subject, status, channel, inbox_id, inbox_address,
                  customer_id, customer_email, order_id, order_reason, team_id, party_id, preview, attachments, waiting_since,
                  last_message_at, last_customer_at, created_at, follow_up_of, doubtful,
                  search)
                values (:id, :workspace, :number, :subject, :status, 'email', :inbox, :inboxAddress, :customer, :email, :order,
                  :orderReason::jsonb, :team, :party, :preview, :attachments, :waitingSince, :at, :at, :at,
                  :followUpOf, :doubtful,
                  to_tsvector('simple', :words))
                """)
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("number", number)
                .param("subject", message.subject())
                .param("inbox", message.inbox().id())
                .param("inboxAddress", message.inbox().address())
                .param("customer", message.customer().id().value())
                .param("email", message.addresses().answers())
                .param("status", (asksNothing ? TicketStatus.SOLVED : TicketStatus.NEW).word())
                .param("waitingSince", asksNothing ? null : Timestamp.from(message.at()))
                .param("doubtful", message.facts().sender().verdict() == Verdict.FAILED)
                .param("order", order.map(match -> match.order().id().value()).orElse(null))
                .param(
                        "orderReason",
                        order.map(match -> texts.write(match.reason())).orElse(null))
                .param("team", team)
                .param("party", party)
                .param("preview", preview)
                .param("attachments", message.files().stream().anyMatch(file -> !file.inline()))
                .param("at", Timestamp.from(message.at()))
                .param("followUpOf", followUpOf == null ? null : followUpOf.value())
                .param("words", words(number, message))
                .update();
    }

    private static String words(long number, ReceivedMessage message) {
        var order = message.order().map(match -> match.order().number()).orElse("");
        return SearchText.of(
                String.valueOf(number),
                message.subject(),
                message.customer().name(),
                message.addresses().answers(),
                order,
                order.replaceAll("[^\\p{L}\\p{N}]", ""),
                message.words().text());
    }

    /** A customer's further message. */
    public void received(TicketId id, ReceivedMessage message, String preview, TicketStatus status) {
        jdbc.sql("""
                update tickets.tickets set status = :status, preview = :preview,
                  waiting_since = coalesce(waiting_since, :at),
                  last_message_at = greatest(last_message_at, :at), last_customer_at = greatest(last_customer_at, :at),
                  attachments = attachments or :attachments, search = search || to_tsvector('simple', :words)
                where id = :id
                """)
                .param("status", status.word())
                .param("preview", preview)
                .param("at", Timestamp.from(message.at()))
                .param("attachments", message.files().stream().anyMatch(file -> !file.inline()))
                .param("words", SearchText.of(message.words().written()))
                .param("id", id.value())
                .update();
    }

    /** Something came that asks nothing of us: nobody waits because of it. */
    public void noticed(TicketId id, ReceivedMessage message) {
        jdbc.sql("update tickets.tickets set search = search || to_tsvector('simple', :words) where id = :id")
                .param("words", SearchText.of(message.words().written()))
                .param("id", id.value())
                .update();
    }

    /** A person has looked at who the sender is. */
    public void trust(TicketId id) {
        jdbc.sql("update tickets.tickets set doubtful = false where id = :id")
                .param("id", id.value())
                .update();
    }

    /** Makes somebody else the customer of the ticket. */
    public void customer(TicketId id, CustomerId customer, String name, String address) {
        jdbc.sql("""
                update tickets.tickets set customer_id = :customer, customer_email = :address,
                  search = search || to_tsvector('simple', :words)
                where id = :id
                """)
                .param("customer", customer.value())
                .param("address", address)
                .param("words", SearchText.of(name, address))
                .param("id", id.value())
                .update();
    }

    /** The ticket that people see as {@code #number}. */
    public Optional<TicketId> numbered(long number) {
        return jdbc.sql("""
                select id from tickets.tickets where workspace_id = platform.current_workspace() and number = :number
                """)
                .param("number", number)
                .query((row, _) -> new TicketId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** Our reply. */
    public void replied(TicketId id, String text, String preview, Instant at, TicketStatus status) {
        jdbc.sql("""
                update tickets.tickets set status = :status, preview = :preview, waiting_since = null,
                  last_message_at = greatest(last_message_at, :at), search = search || to_tsvector('simple', :words)
                where id = :id
                """)
                .param("status", status.word())
                .param("preview", preview)
                .param("at", Timestamp.from(at))
                .param("words", SearchText.of(text))
                .param("id", id.value())
                .update();
    }

    /** Our reply was taken back: the customer waits again, since they wrote. */
    public void unreplied(TicketId id, TicketStatus status) {
        jdbc.sql("""
                update tickets.tickets set status = :status, waiting_since = coalesce(waiting_since, last_customer_at)
                where id = :id
                """).param("status", status.word()).param("id", id.value()).update();
    }

    public void noted(TicketId id, String text) {
        jdbc.sql("update tickets.tickets set search = search || to_tsvector('simple', :words) where id = :id")
                .param("words", SearchText.of(text))
                .param("id", id.value())
                .update();
    }

    /** The status, and that nobody waits for us any more when it is done. */
    public void status(TicketId id, TicketStatus status) {
        jdbc.sql("""
                update tickets.tickets set status = :status,
                  waiting_since = case when :done then null else waiting_since end
                where id = :id
                """)
                .param("status", status.word())
                .param("done", status == TicketStatus.SOLVED || status == TicketStatus.CLOSED)
                .param("id", id.value())
                .update();
    }

    public void assign(TicketId id, @Nullable PersonId person, @Nullable TeamId team, @Nullable UUID party) {
        jdbc.sql("update tickets.tickets set assignee_id = :person, team_id = :team, party_id = :party where id = :id")
                .param("person", person == null ? null : person.value())
                .param("team", team == null ? null : team.value())
                .param("party", party)
                .param("id", id.value())
                .update();
    }

    public void tag(TicketId id, List<String> tags) {
        jdbc.sql("update tickets.tickets set tags = :tags where id = :id")
                .param("tags", tags.toArray(String[]::new))
                .param("id", id.value())
                .update();
    }

    public void link(TicketId id, @Nullable OrderId order, @Nullable String orderNumber, Reason reason) {
        jdbc.sql("""
                update tickets.tickets set order_id = :order, order_reason = :reason::jsonb,
                  search = search || to_tsvector('simple', :words)
                where id = :id
                """)
                .param("order", order == null ? null : order.value())
                .param("reason", texts.write(reason))
                .param(
                        "words",
                        orderNumber == null ? "" : SearchText.of(orderNumber, orderNumber.replaceAll("\\W", "")))
                .param("id", id.value())
                .update();
    }

    /** Whether one of the ticket's replies has failed. */
    public void deliveryFailed(TicketId id) {
        jdbc.sql("""
                update tickets.tickets set delivery_failed = exists (
                  select 1 from tickets.messages m where m.ticket_id = tickets.id and m.delivery in ('failed', 'uncertain'))
                where id = :id
                """).param("id", id.value()).update();
    }

    /** Tickets of the buyer that wait for an order to be known, newest first. */
    public List<Ticket> withoutOrder(String customerAddress) {
        return jdbc.sql(COLUMNS + """
                  and order_id is null and stage <> 'done' and customer_email = :address
                order by last_message_at desc limit 20
                """)
                .param("address", customerAddress)
                .query(TicketTable::ticket)
                .list();
    }

    private static Ticket ticket(ResultSet row, int number) throws SQLException {
        return new Ticket(
                new TicketId(row.getObject("id", UUID.class)),
                row.getLong("number"),
                row.getString("subject"),
                TicketStatus.of(row.getString("status")),
                row.getObject("inbox_id", UUID.class),
                row.getString("inbox_address"),
                new CustomerId(row.getObject("customer_id", UUID.class)),
                row.getString("customer_email"),
                Columns.id(row, "order_id", OrderId::new),
                Columns.id(row, "assignee_id", PersonId::new),
                Columns.id(row, "team_id", TeamId::new),
                Columns.id(row, "party_id", PartyId::new),
                Columns.texts(row, "tags"),
                Columns.instant(row, "waiting_since"),
                row.getTimestamp("last_message_at").toInstant(),
                row.getBoolean("doubtful"));
    }
}
