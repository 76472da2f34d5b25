package org.relevo.channels.email.receiving;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Reason;
import org.relevo.platform.Texts;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The last happenings of each mailbox, for whoever looks after it. */
@Repository
class MailboxLog {

    private static final int KEPT = 100;

    /**
     * Something that happened.
     *
     * @param trouble whether somebody may have to act
     */
    record Happening(Instant at, boolean trouble, Reason reason) {}

    private final JdbcClient jdbc;
    private final Texts texts;
    private final Clock clock;

    MailboxLog(JdbcClient jdbc, Texts texts, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    @Transactional
    public void note(MailboxId id, String code, String... arguments) {
        note(id, false, Reason.of(code, arguments));
    }

    @Transactional
    public void trouble(MailboxId id, Reason reason) {
        note(id, true, reason);
    }

    private void note(MailboxId id, boolean trouble, Reason reason) {
        jdbc.sql("""
                insert into channels.mailbox_log (workspace_id, mailbox_id, at, trouble, reason)
                values (:workspace, :id, :now, :trouble, :reason::jsonb)
                """)
                .param("workspace", Workspace.required().value())
                .param("id", id.value())
                .param("now", Timestamp.from(clock.instant()))
                .param("trouble", trouble)
                .param("reason", texts.write(reason))
                .update();
        jdbc.sql("""
                delete from channels.mailbox_log where workspace_id = platform.current_workspace() and mailbox_id = :id
                  and number <= (select number from channels.mailbox_log where mailbox_id = :id
                                 order by number desc offset :kept limit 1)
                """).param("id", id.value()).param("kept", KEPT).update();
    }

    /** What happened, newest first. */
    @Transactional(readOnly = true)
    public List<Happening> of(MailboxId id) {
        return jdbc.sql("""
                select at, trouble, reason from channels.mailbox_log
                where workspace_id = platform.current_workspace() and mailbox_id = :id order by number desc
                """)
                .param("id", id.value())
                .query((row, _) -> new Happening(
                        row.getTimestamp("at").toInstant(),
                        row.getBoolean("trouble"),
                        texts.read(row.getString("reason"))))
                .list();
    }
}
