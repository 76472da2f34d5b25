package org.relevo.channels.email;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Reason;
import org.relevo.platform.Secrets;
import org.relevo.platform.Texts;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code channels.mailboxes} and {@code channels.cursors}. */
@Repository
public class MailboxTable {

    private static final String PURPOSE = "mailbox password";
    private static final String COLUMNS = """
            select id, address, name, imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security, username,
                   team_id, history_days, plus_addressing, state, problem, state_since, last_contact_at
            from channels.mailboxes where workspace_id = platform.current_workspace() and removed_at is null
            """;

    /** How far a folder has been read. */
    public record Cursor(long uidValidity, long lastUid) {}

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final Texts texts;
    private final Events events;
    private final Clock clock;

    MailboxTable(JdbcClient jdbc, Secrets secrets, Texts texts, Events events, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.texts = texts;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public List<Mailbox> all() {
        return jdbc.sql(COLUMNS + " order by created_at").query(this::mailbox).list();
    }

    @Transactional(readOnly = true)
    public Optional<Mailbox> find(MailboxId id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("id", id.value())
                .query(this::mailbox)
                .optional();
    }

    /** What is needed to sign in to the mailbox. */
    @Transactional(readOnly = true)
    public MailAccount account(Mailbox mailbox) {
        var sealed = jdbc.sql("select password from channels.mailboxes where id = :id")
                .param("id", mailbox.id().value())
                .query((row, _) -> row.getBytes("password"))
                .single();
        return new MailAccount(mailbox.imap(), mailbox.smtp(), mailbox.username(), secrets.open(sealed, PURPOSE));
    }

    /** Stores a mailbox, new or changed. */
    @Transactional
    public MailboxId save(@Nullable MailboxId known, Mailboxes.Settings settings) {
        var id = known == null ? new MailboxId(Uuid7.next()) : known;
        var account = settings.account();
        jdbc.sql("""
                insert into channels.mailboxes (id, workspace_id, address, name, imap_host, imap_port, imap_security, smtp_host,
                  smtp_port, smtp_security, username, password, team_id, history_days, plus_addressing, state_since, created_at)
                values (:id, :workspace, :address, :name, :imapHost, :imapPort, :imapSecurity, :smtpHost, :smtpPort,
                  :smtpSecurity, :username, :password, :team, :historyDays, :plus, :now, :now)
                on conflict (id) do update set name = :name, imap_host = :imapHost, imap_port = :imapPort,
                  imap_security = :imapSecurity, smtp_host = :smtpHost, smtp_port = :smtpPort, smtp_security = :smtpSecurity,
                  username = :username, password = :password, team_id = :team, plus_addressing = :plus, state = 'connecting',
                  problem = null, state_since = :now
                """)
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("address", settings.address())
                .param("name", settings.name())
                .param("imapHost", account.imap().host())
                .param("imapPort", account.imap().port())
                .param("imapSecurity", account.imap().security().word())
                .param("smtpHost", account.smtp().host())
                .param("smtpPort", account.smtp().port())
                .param("smtpSecurity", account.smtp().security().word())
                .param("username", account.username())
                .param("password", secrets.seal(account.password(), PURPOSE))
                .param("team", settings.team())
                .param("historyDays", settings.historyDays())
                .param("plus", settings.plusAddressing())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        events.append(Event.about("mailbox", id.value()));
        return id;
    }

    @Transactional
    public boolean remove(MailboxId id) {
        var removed = jdbc.sql("""
                update channels.mailboxes set removed_at = :now
                where workspace_id = platform.current_workspace() and id = :id and removed_at is null
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id.value())
                .update();
        events.append(Event.about("mailbox", id.value()));
        return removed == 1;
    }

    /** Notes how the mailbox is doing; told to the live feed when it changes. */
    @Transactional
    public void health(MailboxId id, Mailbox.State state, @Nullable Reason problem) {
        var now = Timestamp.from(clock.instant());
        var written = problem == null ? null : texts.write(problem);
        var changed = jdbc.sql("""
                update channels.mailboxes set state = :state, problem = :problem::jsonb, state_since = :now
                where workspace_id = platform.current_workspace() and id = :id
                  and (state <> :state or problem is distinct from :problem::jsonb)
                """)
                .param("state", state.word())
                .param("problem", written)
                .param("now", now)
                .param("id", id.value())
                .update();
        if (changed == 1) {
            events.append(Event.about("mailbox", id.value()));
        }
        if (state == Mailbox.State.OK) {
            jdbc.sql("update channels.mailboxes set last_contact_at = :now where id = :id")
                    .param("now", now)
                    .param("id", id.value())
                    .update();
        }
    }

    /** From when on the mailbox's mails are ours: its history, counted from the day it was added. */
    @Transactional(readOnly = true)
    public Instant readFrom(MailboxId id) {
        return jdbc.sql("""
                select created_at - make_interval(days => history_days) as since from channels.mailboxes
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("id", id.value())
                .query((row, _) -> row.getTimestamp("since").toInstant())
                .single();
    }

    @Transactional(readOnly = true)
    public Optional<Cursor> cursor(MailboxId id, String folder) {
        return jdbc.sql("""
                select uid_validity, last_uid from channels.cursors
                where workspace_id = platform.current_workspace() and mailbox_id = :id and folder = :folder
                """)
                .param("id", id.value())
                .param("folder", folder)
                .query((row, _) -> new Cursor(row.getLong("uid_validity"), row.getLong("last_uid")))
                .optional();
    }

    /** Moves the cursor, in the transaction that stored what was read. */
    public void move(MailboxId id, String folder, Cursor cursor) {
        jdbc.sql("""
                insert into channels.cursors (workspace_id, mailbox_id, folder, uid_validity, last_uid)
                values (:workspace, :id, :folder, :validity, :uid)
                on conflict (mailbox_id, folder) do update set uid_validity = :validity, last_uid = :uid
                """)
                .param("workspace", Workspace.required().value())
                .param("id", id.value())
                .param("folder", folder)
                .param("validity", cursor.uidValidity())
                .param("uid", cursor.lastUid())
                .update();
    }

    private Mailbox mailbox(ResultSet row, int number) throws SQLException {
        var problem = row.getString("problem");
        var contact = row.getTimestamp("last_contact_at");
        return new Mailbox(
                new MailboxId(row.getObject("id", UUID.class)),
                row.getString("address"),
                row.getString("name"),
                server(row, "imap"),
                server(row, "smtp"),
                row.getString("username"),
                row.getObject("team_id", UUID.class),
                row.getInt("history_days"),
                row.getBoolean("plus_addressing"),
                new Mailbox.Health(
                        Mailbox.State.of(row.getString("state")),
                        row.getTimestamp("state_since").toInstant(),
                        contact == null ? null : contact.toInstant(),
                        problem == null ? null : texts.read(problem)));
    }

    private static MailServer server(ResultSet row, String protocol) throws SQLException {
        return new MailServer(
                row.getString(protocol + "_host"),
                row.getInt(protocol + "_port"),
                MailServer.Security.of(row.getString(protocol + "_security")));
    }
}
