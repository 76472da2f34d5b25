package org.relevo.channels.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.ChannelMetrics;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code channels.inbound}. Methods run in their caller's transaction. */
@Repository
public class InboundStore {

    /** After so many tries that failed by our fault an item waits for a person. */
    public static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String COLUMNS = """
            select id, mailbox_id, received_at, internal_date, size, blob, state, attempts, problem, ticket_id
            from channels.inbound where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final ChannelMetrics metrics;
    private final Clock clock;

    InboundStore(JdbcClient jdbc, ChannelMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores an arrival; one that we know already stays as it is. */
    public void add(Arrival arrival) {
        var now = Timestamp.from(clock.instant());
        var date = arrival.internalDate();
        jdbc.sql("""
                insert into channels.inbound (id, workspace_id, mailbox_id, transport_key, received_at, internal_date, size,
                  blob, next_at)
                values (:id, :workspace, :mailbox, :key, :now, :date, :size, :blob, :now)
                on conflict (workspace_id, transport_key) do nothing
                """)
                .param("id", Uuid7.next())
                .param("workspace", Workspace.required().value())
                .param("mailbox", arrival.mailbox())
                .param("key", arrival.transportKey())
                .param("now", now)
                .param("date", date == null ? null : Timestamp.from(date))
                .param("size", arrival.size())
                .param("blob", arrival.blob().hex())
                .update();
    }

    /** The next item to understand, held until the transaction ends; other workers take others. */
    public Optional<InboundItem> claim() {
        return jdbc.sql(COLUMNS + """
                  and state = 'received' and next_at <= :now
                order by next_at, id limit 1 for update skip locked
                """)
                .param("now", Timestamp.from(clock.instant()))
                .query(InboundStore::item)
                .optional();
    }

    /**
     * Notes what became of an item.
     *
     * @throws DuplicateKeyException if the same message was taken in meanwhile under another key
     */
    public void done(UUID id, byte[] contentKey, UUID ticket, UUID message, boolean unreadable) {
        metrics.arrival(unreadable ? "unreadable" : "done");
        jdbc.sql("""
                update channels.inbound set state = 'done', content_key = :key, ticket_id = :ticket, message_id = :message,
                  unreadable = :unreadable, problem = null, attempts = attempts + 1
                where id = :id
                """)
                .param("key", contentKey)
                .param("ticket", ticket)
                .param("message", message)
                .param("unreadable", unreadable)
                .param("id", id)
                .update();
    }

    /** What became of a message when it came first. */
    public record Taken(UUID mailbox, UUID ticket, UUID message) {}

    /** Where the same message went before, if it did. */
    public Optional<Taken> same(byte[] contentKey) {
        return jdbc.sql("""
                select mailbox_id, ticket_id, message_id from channels.inbound
                where workspace_id = platform.current_workspace() and content_key = :key and state = 'done'
                """)
                .param("key", contentKey)
                .query((row, _) -> new Taken(
                        row.getObject("mailbox_id", UUID.class),
                        row.getObject("ticket_id", UUID.class),
                        row.getObject("message_id", UUID.class)))
                .optional();
    }

    /** Notes that the item is one more delivery of a message that we have. */
    public void duplicate(UUID id, UUID ticket) {
        metrics.arrival("duplicate");
        jdbc.sql(
                        "update channels.inbound set state = 'duplicate', ticket_id = :ticket, attempts = attempts + 1 where id = :id")
                .param("ticket", ticket)
                .param("id", id)
                .update();
    }

    /** Notes a try that failed by our fault: it is tried again, ever later, and waits for a person in the end. */
    public void failed(UUID id, int attempts, String problem) {
        metrics.arrival("failed");
        var tries = attempts + 1;
        jdbc.sql("""
                update channels.inbound set attempts = :tries, problem = :problem, next_at = :next, state = :state
                where workspace_id = platform.current_workspace() and id = :id and state = 'received'
                """)
                .param("tries", tries)
                .param("problem", problem)
                .param("next", Timestamp.from(clock.instant().plus(PAUSE.multipliedBy(1L << tries))))
                .param("state", tries >= TRIES ? "failed" : "received")
                .param("id", id)
                .update();
    }

    /** Lets an item that failed be tried once more. */
    public boolean retry(UUID id) {
        return jdbc.sql("""
                        update channels.inbound set state = 'received', attempts = 0, next_at = :now
                        where workspace_id = platform.current_workspace() and id = :id and state = 'failed'
                        """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    public Optional<InboundItem> find(UUID id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("id", id)
                .query(InboundStore::item)
                .optional();
    }

    /** What waits for a person: items that failed and mails that could not be read, newest first. */
    public List<InboundItem> troubled(int limit) {
        return jdbc.sql(COLUMNS + " and (state = 'failed' or unreadable) order by received_at desc limit :limit")
                .param("limit", limit)
                .query(InboundStore::item)
                .list();
    }

    /** How many items each mailbox has in each state. */
    public record Count(long received, long waiting, long unreadable) {}

    public Map<UUID, Count> counts() {
        return jdbc
                .sql("""
                select mailbox_id, count(*) as received, count(*) filter (where state = 'received') as waiting,
                       count(*) filter (where state = 'failed' or unreadable) as unreadable
                from channels.inbound where workspace_id = platform.current_workspace() group by mailbox_id
                """)
                .query((row, _) -> Map.entry(
                        row.getObject("mailbox_id", UUID.class),
                        new Count(row.getLong("received"), row.getLong("waiting"), row.getLong("unreadable"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static InboundItem item(ResultSet row, int number) throws SQLException {
        var date = row.getTimestamp("internal_date");
        return new InboundItem(
                row.getObject("id", UUID.class),
                row.getObject("mailbox_id", UUID.class),
                row.getTimestamp("received_at").toInstant(),
                date == null ? null : date.toInstant(),
                row.getLong("size"),
                new BlobId(row.getString("blob")),
                row.getString("state"),
                row.getInt("attempts"),
                text(row, "problem"),
                row.getObject("ticket_id", UUID.class));
    }

    private static @Nullable String text(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }
}
