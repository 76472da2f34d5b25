package org.relevo.channels.email;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.signin.AccessTokens;
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
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code channels.mailboxes}. */
@Repository
public class MailboxTable {

    private static final String PURPOSE = "mailbox password";
    private static final String COLUMNS = """
            select id, address, name, receives, forwarding_key, imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security, username,
                   team_id, history_days, plus_addressing, state, problem, state_since, last_contact_at, folders, failures,
                   next_try_at, silent_since, trusted_servers, acknowledgement,
                   exists (select 1 from channels.sign_ins s where s.mailbox_id = mailboxes.id) as oauth
            from channels.mailboxes where workspace_id = platform.current_workspace() and removed_at is null
            """;

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final AccessTokens tokens;
    private final Texts texts;
    private final Events events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MailboxTable(
            JdbcClient jdbc,
            Secrets secrets,
            AccessTokens tokens,
            Texts texts,
            Events events,
            TransactionTemplate transaction,
            Clock clock) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.tokens = tokens;
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

    /**
     * What is needed to sign in to the mailbox. May ask the provider for a new token: not for the inside of a transaction.
     * When the provider gives none, the old one is told, and the mail server refuses it.
     */
    public MailAccount account(Mailbox mailbox) {
        var secret = mailbox.signIn() == SignIn.OAUTH
                ? tokens.currentOrStale(mailbox.id())
                : transaction.execute(_ -> password(mailbox.id()));
        return new MailAccount(mailbox.imap(), mailbox.smtp(), mailbox.username(), secret, mailbox.signIn());
    }

    @Transactional(readOnly = true)
    public String password(MailboxId id) {
        var sealed = jdbc.sql("select password from channels.mailboxes where id = :id")
                .param("id", id.value())
                .query((row, _) -> row.getBytes("password"))
                .single();
        return secrets.open(sealed, PURPOSE);
    }

    /** Changes how mail of the mailbox is handled. */
    @Transactional
    public void handle(MailboxId id, Mailbox.Handling handling) {
        jdbc.sql("""
                update channels.mailboxes set trusted_servers = :servers, acknowledgement = :acknowledgement
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("servers", handling.trustedServers().toArray(String[]::new))
                .param("acknowledgement", handling.acknowledgement())
                .param("id", id.value())
                .update();
        events.append(Event.about("mailbox", id.value()));
    }

    /** Whether {@code address} is one of the workspace's mailboxes. */
    @Transactional(readOnly = true)
    public boolean isOurs(String address) {
        return jdbc.sql("""
                select exists (select 1 from channels.mailboxes
                  where workspace_id = platform.current_workspace() and address = :address and removed_at is null)
                """).param("address", address).query(Boolean.class).single();
    }

    /** Stores a mailbox, new or changed. */
    @Transactional
    public MailboxId save(@Nullable MailboxId known, Mailboxes.Settings settings) {
        var id = known == null ? new MailboxId(Uuid7.next()) : known;
        var account = settings.account();
        var imap = account.imap();
        jdbc.sql("""
                insert into channels.mailboxes (id, workspace_id, address, name, receives, forwarding_key, imap_host, imap_port, imap_security, smtp_host,
                  smtp_port, smtp_security, username, password, team_id, history_days, plus_addressing, folders, state_since, created_at)
                values (:id, :workspace, :address, :name, :receives, :key, :imapHost, :imapPort, :imapSecurity, :smtpHost, :smtpPort,
                  :smtpSecurity, :username, :password, :team, :historyDays, :plus, :folders, :now, :now)
                on conflict (id) do update set name = :name, receives = :receives,
                  forwarding_key = coalesce(mailboxes.forwarding_key, :key), imap_host = :imapHost, imap_port = :imapPort,
                  imap_security = :imapSecurity, smtp_host = :smtpHost, smtp_port = :smtpPort, smtp_security = :smtpSecurity,
                  username = :username, password = :password, team_id = :team, plus_addressing = :plus, folders = :folders,
                  state = 'connecting', problem = null, state_since = :now, failures = 0, next_try_at = null
                """)
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("address", settings.address())
                .param("name", settings.name())
                .param("receives", settings.receives().word())
                .param("key", settings.receives() == Receiving.FORWARDING ? ForwardingAddress.newKey() : null)
                .param("imapHost", imap == null ? null : imap.host())
                .param("imapPort", imap == null ? null : imap.port())
                .param("imapSecurity", imap == null ? null : imap.security().word())
                .param("smtpHost", account.smtp().host())
                .param("smtpPort", account.smtp().port())
                .param("smtpSecurity", account.smtp().security().word())
                .param("username", account.username())
                .param("password", secrets.seal(account.password(), PURPOSE))
                .param("team", settings.team())
                .param("historyDays", settings.historyDays())
                .param("plus", settings.plusAddressing())
                .param("folders", folders(settings).toArray(String[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        tokens.client(id, settings.oauth());
        events.append(Event.about("mailbox", id.value()));
        return id;
    }

    private static List<String> folders(Mailboxes.Settings settings) {
        return settings.folders().isEmpty() ? Mailboxes.Settings.USUAL_FOLDERS : settings.folders();
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

    /**
     * Notes that the mailbox was read; told to the live feed when that is news.
     *
     * @param problem what is wrong all the same
     * @return whether it is news
     */
    @Transactional
    public boolean works(MailboxId id, @Nullable Reason problem) {
        var news = state(id, Mailbox.State.OK, problem);
        jdbc.sql("""
                update channels.mailboxes set last_contact_at = :now, failures = 0, next_try_at = null where id = :id
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id.value())
                .update();
        return news;
    }

    /**
     * Notes a try that failed.
     *
     * @return whether this is news: it worked before, or failed in another way
     */
    @Transactional
    public boolean fails(MailboxId id, Reason problem, int failures, Instant nextTry) {
        jdbc.sql("""
                update channels.mailboxes set failures = :failures, next_try_at = :next
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("failures", failures)
                .param("next", Timestamp.from(nextTry))
                .param("id", id.value())
                .update();
        return state(id, Mailbox.State.FAILING, problem);
    }

    /**
     * Notes whether forwarded mail is being taken in.
     *
     * @param problem why not, if it is not
     * @return whether this is news
     */
    @Transactional
    public boolean receiver(MailboxId id, @Nullable Reason problem) {
        return state(id, problem == null ? Mailbox.State.OK : Mailbox.State.FAILING, problem);
    }

    private boolean state(MailboxId id, Mailbox.State state, @Nullable Reason problem) {
        var changed = jdbc.sql("""
                update channels.mailboxes set state = :state, problem = :problem::jsonb, state_since = :now
                where workspace_id = platform.current_workspace() and id = :id
                  and (state <> :state or problem is distinct from :problem::jsonb)
                """)
                .param("state", state.word())
                .param("problem", problem == null ? null : texts.write(problem))
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id.value())
                .update();
        if (changed == 1) {
            tell(id);
        }
        return changed == 1;
    }

    /**
     * Notes since when no mail has come, longer than is usual, or that mail comes again.
     *
     * @return whether this is news
     */
    @Transactional
    public boolean silent(MailboxId id, @Nullable Instant since) {
        var changed = jdbc.sql("""
                update channels.mailboxes set silent_since = :since
                where workspace_id = platform.current_workspace() and id = :id and silent_since is distinct from :since
                """)
                .param("since", since == null ? null : Timestamp.from(since), Types.TIMESTAMP)
                .param("id", id.value())
                .update();
        if (changed == 1) {
            tell(id);
        }
        return changed == 1;
    }

    /** Tells the live feed that something about the mailbox is worth another look. */
    @Transactional
    public void tell(MailboxId id) {
        events.append(Event.about("mailbox", id.value()));
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

    private Mailbox mailbox(ResultSet row, int number) throws SQLException {
        var problem = row.getString("problem");
        return new Mailbox(
                new MailboxId(row.getObject("id", UUID.class)),
                row.getString("address"),
                row.getString("name"),
                Receiving.of(row.getString("receives")),
                row.getString("imap_host") == null ? null : server(row, "imap"),
                row.getString("forwarding_key"),
                server(row, "smtp"),
                row.getString("username"),
                row.getBoolean("oauth") ? SignIn.OAUTH : SignIn.PASSWORD,
                List.of((String[]) row.getArray("folders").getArray()),
                row.getObject("team_id", UUID.class),
                row.getInt("history_days"),
                row.getBoolean("plus_addressing"),
                new Mailbox.Handling(
                        List.of((String[]) row.getArray("trusted_servers").getArray()),
                        row.getString("acknowledgement")),
                new Mailbox.Health(
                        Mailbox.State.of(row.getString("state")),
                        row.getTimestamp("state_since").toInstant(),
                        instant(row, "last_contact_at"),
                        problem == null ? null : texts.read(problem),
                        row.getInt("failures"),
                        instant(row, "next_try_at"),
                        instant(row, "silent_since")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var found = row.getTimestamp(column);
        return found == null ? null : found.toInstant();
    }

    private static MailServer server(ResultSet row, String protocol) throws SQLException {
        return new MailServer(
                row.getString(protocol + "_host"),
                row.getInt(protocol + "_port"),
                MailServer.Security.of(row.getString(protocol + "_security")));
    }
}
