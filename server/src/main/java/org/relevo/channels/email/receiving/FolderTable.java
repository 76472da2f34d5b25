package org.relevo.channels.email.receiving;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.inbound.Place;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How far each folder has been read, and what its server lists but does not give: {@code channels.cursors}, {@code missing}. */
@Repository
class FolderTable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    /**
     * How far a folder has been read.
     *
     * @param firstUid what stands up to here is older than the mailbox's history
     * @param highestModSeq when the server says the same again, nothing has come; 0 when it never says
     */
    record Cursor(long uidValidity, long firstUid, long lastUid, long highestModSeq) {

        Cursor at(long uid) {
            return new Cursor(uidValidity, firstUid, uid, highestModSeq);
        }
    }

    /**
     * What the last look showed of a folder.
     *
     * @param behind mails that are listed and not yet stored
     * @param atSource mails at the server when the last sweep ended, {@code null} before the first
     */
    record Progress(
            String folder,
            long lastUid,
            long behind,
            @Nullable Instant oldestBehindAt,
            @Nullable Long atSource,
            @Nullable Long stored,
            @Nullable Long shown,
            @Nullable Instant sweptAt) {}

    /** A mail that is listed and was not given. */
    record Missing(Place place, int tries, Instant noticedAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    FolderTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Cursor> cursor(MailboxId id, String folder) {
        return jdbc.sql("""
                select uid_validity, first_uid, last_uid, coalesce(highest_modseq, 0) as modseq from channels.cursors
                where workspace_id = platform.current_workspace() and mailbox_id = :id and folder = :folder
                """)
                .param("id", id.value())
                .param("folder", folder)
                .query((row, _) -> new Cursor(
                        row.getLong("uid_validity"),
                        row.getLong("first_uid"),
                        row.getLong("last_uid"),
                        row.getLong("modseq")))
                .optional();
    }

    /** Moves the cursor, in the transaction that stored what was read. What the last sweep saw goes with its UIDVALIDITY. */
    void move(MailboxId id, String folder, Cursor cursor) {
        jdbc.sql("""
                insert into channels.cursors as known (workspace_id, mailbox_id, folder, uid_validity, first_uid, last_uid)
                values (:workspace, :id, :folder, :validity, :first, :uid)
                on conflict (mailbox_id, folder) do update set uid_validity = :validity, first_uid = :first, last_uid = :uid,
                  highest_modseq = null,
                  swept_at = case when known.uid_validity = :validity then known.swept_at end
                """)
                .param("workspace", Workspace.required().value())
                .param("id", id.value())
                .param("folder", folder)
                .param("validity", cursor.uidValidity())
                .param("first", cursor.firstUid())
                .param("uid", cursor.lastUid())
                .update();
    }

    /** Begins a folder, new or under another UIDVALIDITY. */
    @Transactional
    public void begin(MailboxId id, String folder, Cursor cursor) {
        move(id, folder, cursor);
    }

    /** Notes that everything was stored when the server's modification sequence stood there (RFC 7162). */
    @Transactional
    public void upToDate(MailboxId id, String folder, long modSeq) {
        set(id, folder, "highest_modseq = :number, behind = 0, oldest_behind_at = null", modSeq, null);
    }

    /** Notes how much is listed and not yet stored. */
    @Transactional
    public void behind(MailboxId id, String folder, long mails, @Nullable Instant oldest) {
        set(id, folder, "behind = :number, oldest_behind_at = :at", mails, oldest);
    }

    private void set(MailboxId id, String folder, String assignments, long number, @Nullable Instant at) {
        jdbc.sql("update channels.cursors set " + assignments + " " + """
                where workspace_id = platform.current_workspace() and mailbox_id = :id and folder = :folder
                """)
                .param("number", number)
                .param("at", at == null ? null : Timestamp.from(at), Types.TIMESTAMP)
                .param("id", id.value())
                .param("folder", folder)
                .update();
    }

    @Transactional
    public void swept(MailboxId id, String folder, Sweep.Counts counts) {
        jdbc.sql("""
                update channels.cursors set at_source = :atSource, stored = :stored, shown = :shown, swept_at = :now
                where workspace_id = platform.current_workspace() and mailbox_id = :id and folder = :folder
                """)
                .param("atSource", counts.atSource())
                .param("stored", counts.stored())
                .param("shown", counts.shown())
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id.value())
                .param("folder", folder)
                .update();
    }

    @Transactional(readOnly = true)
    public List<Progress> progress(MailboxId id) {
        return jdbc.sql("""
                select folder, last_uid, behind, oldest_behind_at, at_source, stored, shown, swept_at from channels.cursors
                where workspace_id = platform.current_workspace() and mailbox_id = :id order by folder
                """)
                .param("id", id.value())
                .query(FolderTable::progress)
                .list();
    }

    private static Progress progress(ResultSet row, int number) throws SQLException {
        return new Progress(
                row.getString("folder"),
                row.getLong("last_uid"),
                row.getLong("behind"),
                instant(row, "oldest_behind_at"),
                row.getObject("at_source", Long.class),
                row.getObject("stored", Long.class),
                row.getObject("shown", Long.class),
                instant(row, "swept_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var found = row.getTimestamp(column);
        return found == null ? null : found.toInstant();
    }

    /** Notes one more time that a mail is listed and was not given; it is asked for again, ever later. */
    @Transactional
    public Missing missing(MailboxId id, Place place) {
        var now = clock.instant();
        return jdbc.sql("""
                insert into channels.missing as known (workspace_id, mailbox_id, folder, uid_validity, uid, tries, noticed_at,
                  next_at)
                values (:workspace, :id, :folder, :validity, :uid, 1, :now, :first)
                on conflict (mailbox_id, folder, uid_validity, uid) do update set tries = known.tries + 1,
                  next_at = :now::timestamptz + :pause::interval * power(2, known.tries)
                returning tries, noticed_at
                """)
                .param("workspace", Workspace.required().value())
                .param("id", id.value())
                .param("folder", place.folder())
                .param("validity", place.uidValidity())
                .param("uid", place.uid())
                .param("now", Timestamp.from(now))
                .param("first", Timestamp.from(now.plus(FIRST_PAUSE)))
                .param("pause", FIRST_PAUSE.toSeconds() + " seconds")
                .query((row, _) -> new Missing(
                        place,
                        row.getInt("tries"),
                        row.getTimestamp("noticed_at").toInstant()))
                .single();
    }

    /** Asks for a mail once more, from the first try on. */
    @Transactional
    public void askAgain(MailboxId id, Place place) {
        forget(id, place);
        jdbc.sql("""
                insert into channels.missing (workspace_id, mailbox_id, folder, uid_validity, uid, tries, noticed_at, next_at)
                values (:workspace, :id, :folder, :validity, :uid, 0, :now, :now)
                """)
                .param("workspace", Workspace.required().value())
                .param("id", id.value())
                .param("folder", place.folder())
                .param("validity", place.uidValidity())
                .param("uid", place.uid())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    @Transactional
    public void forget(MailboxId id, Place place) {
        jdbc.sql("""
                delete from channels.missing where workspace_id = platform.current_workspace() and mailbox_id = :id
                  and folder = :folder and uid_validity = :validity and uid = :uid
                """)
                .param("id", id.value())
                .param("folder", place.folder())
                .param("validity", place.uidValidity())
                .param("uid", place.uid())
                .update();
    }

    /** What is to be asked for again in a folder, now or, with {@code due} false, some time. */
    @Transactional(readOnly = true)
    public List<Missing> missing(MailboxId id, String folder, boolean due) {
        return jdbc.sql("""
                select folder, uid_validity, uid, tries, noticed_at from channels.missing
                where workspace_id = platform.current_workspace() and mailbox_id = :id and folder = :folder
                  and (not :due or next_at <= :now) order by uid
                """)
                .param("id", id.value())
                .param("folder", folder)
                .param("due", due)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, _) -> new Missing(
                        new Place(row.getString("folder"), row.getLong("uid_validity"), row.getLong("uid")),
                        row.getInt("tries"),
                        row.getTimestamp("noticed_at").toInstant()))
                .list();
    }

    /** How many mails are listed and were not given, and since when the first of them. */
    record Lack(long mails, @Nullable Instant since) {}

    @Transactional(readOnly = true)
    public Lack lack(MailboxId id) {
        return jdbc.sql("""
                select count(*) as mails, min(noticed_at) as since from channels.missing
                where workspace_id = platform.current_workspace() and mailbox_id = :id
                """)
                .param("id", id.value())
                .query((row, _) -> new Lack(row.getLong("mails"), instant(row, "since")))
                .single();
    }
}
