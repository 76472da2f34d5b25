package org.relevo.channels.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.ChannelMetrics;
import org.relevo.platform.TimeCursor;
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
    /** How far mails are counted. */
    private static final int COUNTED = 100_000;

    private static final String COLUMNS = """
            select id, mailbox_id, folder, uid_validity, uid, received_at, internal_date, size, blob, direct, state, attempts, next_at,
                   problem, unreadable, ticket_id
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

    /** Stores an arrival; one that we know already stays as it is, unless it was quarantined: then it is here at last. */
    public void add(Arrival arrival) {
        insert(arrival, InboundState.RECEIVED, null, """
                on conflict (workspace_id, transport_key) do update set blob = :blob, size = :size, state = 'received',
                  attempts = 0, next_at = :now, problem = null, dismissed_at = null, folder = :folder, uid_validity = :validity, uid = :uid
                where inbound.state = 'quarantined'
                """);
    }

    /**
     * Stores what there is of a mail that its source does not give whole, for a person to see.
     *
     * @param problem key of why, in {@code texts/reasons}
     */
    public void quarantine(Arrival known, String problem) {
        metrics.arrival("quarantined");
        insert(known, InboundState.QUARANTINED, problem, "on conflict (workspace_id, transport_key) do nothing");
    }

    private void insert(Arrival arrival, InboundState state, @Nullable String problem, String onConflict) {
        var now = Timestamp.from(clock.instant());
        var date = arrival.internalDate();
        var place = arrival.place();
        jdbc.sql("""
                insert into channels.inbound (id, workspace_id, mailbox_id, transport_key, received_at, internal_date, size,
                  blob, direct, state, next_at, problem, folder, uid_validity, uid)
                values (:id, :workspace, :mailbox, :key, :now, :date, :size, :blob, :direct, :state, :now, :problem, :folder,
                  :validity, :uid)
                """ + onConflict)
                .param("id", Uuid7.next())
                .param("workspace", Workspace.required().value())
                .param("mailbox", arrival.mailbox())
                .param("key", arrival.transportKey())
                .param("now", now)
                .param("date", date == null ? null : Timestamp.from(date))
                .param("size", arrival.size())
                .param("blob", arrival.blob().hex())
                .param("direct", arrival.direct())
                .param("state", state.word())
                .param("problem", problem)
                .param("folder", place == null ? null : place.folder())
                .param("validity", place == null ? null : place.uidValidity())
                .param("uid", place == null ? null : place.uid())
                .update();
    }

    /**
     * The next item to understand. It is not held: whoever has made it ready asks for that with {@link #hold}.
     *
     * @param largest in bytes; whatever is larger is left to others
     * @param inHand what others of this process have before them
     */
    public Optional<InboundItem> next(long largest, Collection<UUID> inHand) {
        return jdbc.sql(COLUMNS + """
                  and state = 'received' and next_at <= :now and size <= :largest and id <> all(:inHand)
                order by next_at, id limit 1 for update skip locked
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("largest", largest)
                .param("inHand", inHand.toArray(UUID[]::new))
                .query(InboundStore::item)
                .optional();
    }

    /** Holds the item until the transaction ends; false when another node holds it or has taken it in. */
    public boolean hold(UUID id) {
        return jdbc.sql("""
                        select id from channels.inbound
                        where workspace_id = platform.current_workspace() and id = :id and state = 'received'
                        for update skip locked
                        """).param("id", id).query(UUID.class).optional().isPresent();
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

    /** Notes a try that the disk did not let succeed: it is tried again until there is room. */
    public void postponed(UUID id, Duration pause, String problem) {
        jdbc.sql("""
                update channels.inbound set problem = :problem, next_at = :next
                where workspace_id = platform.current_workspace() and id = :id and state = 'received'
                """)
                .param("problem", problem)
                .param("next", Timestamp.from(clock.instant().plus(pause)))
                .param("id", id)
                .update();
    }

    /** The one mail of the same folder, moment and size under another UIDVALIDITY than the mail at {@code place}. */
    public Optional<InboundItem> under(UUID mailbox, Place place, long uidValidity) {
        var found = jdbc.sql(COLUMNS + """
                  and mailbox_id = :mailbox and folder = :folder and uid_validity = :validity
                  and (internal_date, size) = (select known.internal_date, known.size from channels.inbound known
                    where known.workspace_id = platform.current_workspace() and known.transport_key = :key and known.size > 0)
                limit 2
                """)
                .param("mailbox", mailbox)
                .param("folder", place.folder())
                .param("validity", uidValidity)
                .param("key", place.transportKey(mailbox))
                .query(InboundStore::item)
                .list();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Notes that the quarantined mail at {@code place} came as {@code other}. */
    public void superseded(UUID mailbox, Place place, InboundItem other) {
        jdbc.sql("""
                update channels.inbound set state = 'duplicate', problem = null, ticket_id = :ticket
                where workspace_id = platform.current_workspace() and transport_key = :key and state = 'quarantined'
                """)
                .param("ticket", other.ticket())
                .param("key", place.transportKey(mailbox))
                .update();
    }

    /** Says something else of the quarantined mail at {@code place}. */
    public void remark(UUID mailbox, Place place, String problem) {
        jdbc.sql("""
                update channels.inbound set problem = :problem
                where workspace_id = platform.current_workspace() and transport_key = :key and state = 'quarantined'
                """)
                .param("problem", problem)
                .param("key", place.transportKey(mailbox))
                .update();
    }

    /** Takes the item out of what waits for a person; it stays, with its source. False when it did not wait. */
    public boolean dismiss(UUID id) {
        return jdbc.sql("""
                        update channels.inbound set dismissed_at = :now
                        where workspace_id = platform.current_workspace() and id = :id and dismissed_at is null
                          and (state in ('failed', 'quarantined') or unreadable)
                        """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Lets an item that failed be tried once more. */
    public boolean retry(UUID id) {
        return jdbc.sql("""
                        update channels.inbound set state = 'received', attempts = 0, next_at = :now, dismissed_at = null
                        where workspace_id = platform.current_workspace() and id = :id and state = 'failed'
                        """)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Lets everything that failed be tried once more, of one mailbox or of all; how many that are. */
    public int retryAll(@Nullable UUID mailbox) {
        return jdbc.sql("""
                        update channels.inbound set state = 'received', attempts = 0, next_at = :now, dismissed_at = null
                        where workspace_id = platform.current_workspace() and state = 'failed'
                          and (:mailbox::uuid is null or mailbox_id = :mailbox)
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("mailbox", mailbox)
                .update();
    }

    public Optional<InboundItem> find(UUID id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("id", id)
                .query(InboundStore::item)
                .optional();
    }

    /**
     * Arrivals of one mailbox or of all, newest first.
     *
     * @param limit one more than a page, to tell whether there is another
     */
    public List<InboundItem> list(InboundFilter filter, @Nullable UUID mailbox, @Nullable TimeCursor after, int limit) {
        return jdbc.sql(COLUMNS + " and " + filter.condition() + """
                  and (:mailbox::uuid is null or mailbox_id = :mailbox)
                  and (:at::timestamptz is null or (received_at, id) < (:at, :id))
                order by received_at desc, id desc limit :limit
                """)
                .param("mailbox", mailbox)
                .param("at", after == null ? null : Timestamp.from(after.at()))
                .param("id", after == null ? null : after.id())
                .param("limit", limit)
                .query(InboundStore::item)
                .list();
    }

    /**
     * How many items a mailbox has, by what became of them.
     *
     * @param received all that ever arrived, counted up to 100 000
     * @param oldestWaitingAt when the oldest came that is stored and not yet understood
     */
    public record Count(
            long received,
            long waiting,
            long failed,
            long unreadable,
            long quarantined,
            @Nullable Instant oldestWaitingAt,
            @Nullable Instant lastArrivalAt) {

        public static final Count NONE = new Count(0, 0, 0, 0, 0, null, null);
    }

    public Map<UUID, Count> counts() {
        return jdbc
                .sql("""
                select m.id as mailbox_id, received.mails as received, waiting.mails as waiting, waiting.oldest as oldest_waiting,
                       troubled.failed, troubled.unreadable, troubled.quarantined, newest.received_at as last_arrival
                from channels.mailboxes m
                cross join lateral (select count(*) as mails from (
                  select 1 from channels.inbound i where i.mailbox_id = m.id limit :most) counted) received
                cross join lateral (select count(*) as mails, min(received_at) as oldest from channels.inbound i
                  where i.workspace_id = m.workspace_id and i.mailbox_id = m.id and i.state = 'received') waiting
                cross join lateral (select count(*) filter (where state = 'failed') as failed,
                    count(*) filter (where unreadable) as unreadable,
                    count(*) filter (where state = 'quarantined') as quarantined from channels.inbound i
                  where i.workspace_id = m.workspace_id and i.mailbox_id = m.id and dismissed_at is null
                    and (state in ('failed', 'quarantined') or unreadable)) troubled
                left join lateral (select received_at from channels.inbound i where i.mailbox_id = m.id
                  order by received_at desc limit 1) newest on true
                where m.workspace_id = platform.current_workspace() and m.removed_at is null
                """)
                .param("most", COUNTED)
                .query((row, _) -> Map.entry(row.getObject("mailbox_id", UUID.class), count(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getLong("received"),
                row.getLong("waiting"),
                row.getLong("failed"),
                row.getLong("unreadable"),
                row.getLong("quarantined"),
                instant(row, "oldest_waiting"),
                instant(row, "last_arrival"));
    }

    /** What we have of a folder: UIDs in ascending order. */
    public long[] stored(UUID mailbox, String folder, long uidValidity) {
        return uids(mailbox, folder, uidValidity, "true");
    }

    /** Likewise, of what is a message of a ticket by now. */
    public long[] shown(UUID mailbox, String folder, long uidValidity) {
        return uids(mailbox, folder, uidValidity, "state in ('done', 'duplicate')");
    }

    private long[] uids(UUID mailbox, String folder, long uidValidity, String condition) {
        return jdbc
                .sql("""
                select uid from channels.inbound where workspace_id = platform.current_workspace() and mailbox_id = :mailbox
                  and folder = :folder and uid_validity = :validity and uid is not null
                """ + " and " + condition + " order by uid")
                .param("mailbox", mailbox)
                .param("folder", folder)
                .param("validity", uidValidity)
                .query(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var found = row.getTimestamp(column);
        return found == null ? null : found.toInstant();
    }

    private static @Nullable Place place(ResultSet row) throws SQLException {
        var folder = row.getString("folder");
        return folder == null ? null : new Place(folder, row.getLong("uid_validity"), row.getLong("uid"));
    }

    private static InboundItem item(ResultSet row, int number) throws SQLException {
        return new InboundItem(
                row.getObject("id", UUID.class),
                row.getObject("mailbox_id", UUID.class),
                place(row),
                row.getTimestamp("received_at").toInstant(),
                instant(row, "internal_date"),
                row.getLong("size"),
                new BlobId(row.getString("blob")),
                row.getBoolean("direct"),
                InboundState.of(row.getString("state")),
                row.getInt("attempts"),
                row.getTimestamp("next_at").toInstant(),
                row.getString("problem"),
                row.getBoolean("unreadable"),
                row.getObject("ticket_id", UUID.class));
    }
}
