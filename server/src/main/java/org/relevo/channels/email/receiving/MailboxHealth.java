package org.relevo.channels.email.receiving;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What can be said of a mailbox from what it brought. */
@Repository
class MailboxHealth {

    /** The newest of a mailbox is among those that were stored last. */
    private static final int NEWEST = 1_000;

    private final JdbcClient jdbc;

    MailboxHealth(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The mails that make the usual gap; by the time that the mail server took them in, where it says so. */
    @Transactional(readOnly = true)
    public Optional<Silence> silence(MailboxId id) {
        return last(id).flatMap(last -> jdbc.sql("""
                select min(at) as first, count(*) as mails from (
                  select coalesce(internal_date, received_at) as at from channels.inbound
                  where workspace_id = platform.current_workspace() and mailbox_id = :id and received_at > :since) arrivals
                where at > :since
                """)
                .param("id", id.value())
                .param("since", Timestamp.from(last.minus(Silence.WINDOW)))
                .query((row, _) -> new Silence(row.getTimestamp("first").toInstant(), last, row.getLong("mails")))
                .optional());
    }

    private Optional<Instant> last(MailboxId id) {
        List<Instant> found = jdbc.sql("""
                select max(at) as last from (
                  select coalesce(internal_date, received_at) as at from channels.inbound
                  where workspace_id = platform.current_workspace() and mailbox_id = :id
                  order by received_at desc limit :newest) arrivals
                having count(*) > 0
                """)
                .param("id", id.value())
                .param("newest", NEWEST)
                .query((row, _) -> row.getTimestamp("last").toInstant())
                .list();
        return found.stream().findFirst();
    }

    /** The earlier of two times, of which none need be known. */
    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
