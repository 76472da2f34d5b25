package org.relevo.channels.email;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.relevo.channels.MailboxId;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.relevo.tickets.ReplyWritten;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How large a mail each outgoing server takes, as it said itself (SIZE, RFC 1870), so that people hear it before they send. */
@Repository
class OutgoingLimits {

    private static final long HEADERS = 8_192;
    private static final long MEGABYTE = 1_048_576;

    private final JdbcClient jdbc;
    private final Clock clock;

    OutgoingLimits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The most that the mailbox's server takes, in bytes; empty while it has not said. */
    @Transactional(readOnly = true)
    public OptionalLong largest(MailboxId mailbox) {
        return jdbc.sql("""
                        select largest from channels.outgoing_limits
                        where workspace_id = platform.current_workspace() and mailbox_id = :mailbox and largest is not null
                        """).param("mailbox", mailbox.value()).query(Long.class).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Keeps what a server said. */
    @Transactional
    public void learn(MailboxId mailbox, OptionalLong largest) {
        jdbc.sql("""
                insert into channels.outgoing_limits (mailbox_id, workspace_id, largest, learned_at)
                values (:mailbox, :workspace, :largest, :now)
                on conflict (mailbox_id) do update set largest = :largest, learned_at = :now
                where outgoing_limits.largest is distinct from :largest
                """)
                .param("mailbox", mailbox.value())
                .param("workspace", Workspace.required().value())
                .param("largest", largest.isPresent() ? largest.getAsLong() : null)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Refuses what the server would refuse.
     *
     * @throws ProblemException {@code mail-too-large} with both sizes in megabytes
     */
    void check(MailboxId mailbox, String text, List<ReplyWritten.File> files) {
        var largest = largest(mailbox);
        var size = size(
                text.length() * 3L,
                files.stream().mapToLong(ReplyWritten.File::size).sum(),
                files.size());
        if (largest.isPresent() && size > largest.getAsLong()) {
            throw new ProblemException("mail-too-large", 413, rounded(size), rounded(largest.getAsLong()));
        }
    }

    /** What a mail weighs on the line: files in base 64 with line ends take 78 characters for every 57 bytes. */
    static long size(long text, long files, int count) {
        return HEADERS + text + (files * 78 + 56) / 57 + count * 512L;
    }

    private static String rounded(long bytes) {
        return String.valueOf((bytes + MEGABYTE / 10) * 10 / MEGABYTE / 10.0);
    }
}
