package org.relevo.channels.email.signin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code channels.sign_ins}. */
@Repository
class SignInTable {

    private static final String SECRET = "mailbox client secret";
    private static final String TOKEN = "mailbox token";
    private static final String VERIFIER = "mailbox sign-in verifier";

    /** A mailbox's client and what its provider gave. */
    record Known(
            MailboxId mailbox,
            OAuthClient client,
            @Nullable String refreshToken,
            @Nullable String accessToken,
            @Nullable Instant expiresAt,
            @Nullable Instant signedInAt,
            @Nullable Instant refusedAt) {

        /** Whether a person has to go to the provider's page. */
        boolean needsPerson() {
            return refreshToken == null || refusedAt != null;
        }

        @Override
        public String toString() {
            return mailbox.toString();
        }
    }

    /** A sign-in that is under way. */
    record Begun(Known known, String verifier) {
        @Override
        public String toString() {
            return known.toString();
        }
    }

    /** What a provider gives. */
    record Granted(
            String accessToken, Instant expiresAt, @Nullable String refreshToken) {
        @Override
        public String toString() {
            return "until " + expiresAt;
        }
    }

    private static final String COLUMNS = """
            select mailbox_id, provider, authorization_url, token_url, scope, client_id, client_secret, verifier, refresh_token,
                   access_token, expires_at, signed_in_at, refused_at
            from channels.sign_ins where workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final Clock clock;

    SignInTable(JdbcClient jdbc, Secrets secrets, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Known> find(MailboxId id) {
        return jdbc.sql(COLUMNS + " and mailbox_id = :id")
                .param("id", id.value())
                .query(this::known)
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Known> all() {
        return jdbc.sql(COLUMNS).query(this::known).list();
    }

    /** Stores the client. Tokens stay as long as it is the same client of the same provider. */
    @Transactional
    public void save(MailboxId id, OAuthClient client) {
        var secret = client.clientSecret().isEmpty()
                ? find(id).map(known -> known.client().clientSecret()).orElse("")
                : client.clientSecret();
        var other = find(id).filter(known -> sameClient(known.client(), client)).isEmpty();
        if (other) {
            remove(id);
        }
        jdbc.sql("""
                insert into channels.sign_ins (mailbox_id, workspace_id, provider, authorization_url, token_url, scope, client_id,
                  client_secret)
                values (:id, :workspace, :provider, :authorizationUrl, :tokenUrl, :scope, :clientId, :secret)
                on conflict (mailbox_id) do update set authorization_url = :authorizationUrl, token_url = :tokenUrl,
                  scope = :scope, client_secret = :secret
                """)
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("provider", client.provider().word())
                .param("authorizationUrl", client.authorizationUrl())
                .param("tokenUrl", client.tokenUrl())
                .param("scope", client.scope())
                .param("clientId", client.clientId())
                .param("secret", secrets.seal(secret, SECRET))
                .update();
    }

    /** A token must never be sent to another address than the one it came from. */
    private static boolean sameClient(OAuthClient known, OAuthClient now) {
        return known.provider() == now.provider()
                && known.clientId().equals(now.clientId())
                && known.tokenUrl().equals(now.tokenUrl());
    }

    @Transactional
    public void remove(MailboxId id) {
        jdbc.sql("delete from channels.sign_ins where workspace_id = platform.current_workspace() and mailbox_id = :id")
                .param("id", id.value())
                .update();
    }

    /** Notes that {@code person} goes to the provider's page; an earlier try no longer counts. */
    @Transactional
    public void begin(MailboxId id, UUID person, String state, String verifier) {
        jdbc.sql("""
                update channels.sign_ins set state = :state, verifier = :verifier, begun_by = :person, begun_at = :now
                where workspace_id = platform.current_workspace() and mailbox_id = :id
                """)
                .param("state", Secrets.digest(state))
                .param("verifier", secrets.seal(verifier, VERIFIER))
                .param("person", person)
                .param("now", now())
                .param("id", id.value())
                .update();
    }

    /** The sign-in that {@code person} began with {@code state}, if it is not too old. It cannot be taken up twice. */
    @Transactional
    public Optional<Begun> takeUp(String state, UUID person, Duration oldest) {
        var begun = jdbc.sql(COLUMNS + " and state = :state and begun_by = :person and begun_at > :since for update")
                .param("state", Secrets.digest(state))
                .param("person", person)
                .param("since", Timestamp.from(clock.instant().minus(oldest)))
                .query((row, number) -> new Begun(known(row, number), secrets.open(row.getBytes("verifier"), VERIFIER)))
                .optional();
        begun.ifPresent(found ->
                jdbc.sql("""
                update channels.sign_ins set state = null, verifier = null, begun_by = null, begun_at = null
                where workspace_id = platform.current_workspace() and mailbox_id = :id
                """).param("id", found.known().mailbox().value()).update());
        return begun;
    }

    /** Whether we are the one who asks for a new token now; nobody else is until {@code lease} is over. */
    @Transactional
    public boolean lease(MailboxId id, Duration lease) {
        return jdbc.sql("""
                        update channels.sign_ins set refreshing_until = :until
                        where workspace_id = platform.current_workspace() and mailbox_id = :id
                          and (refreshing_until is null or refreshing_until < :now)
                        """)
                        .param("until", Timestamp.from(clock.instant().plus(lease)))
                        .param("now", now())
                        .param("id", id.value())
                        .update()
                == 1;
    }

    @Transactional
    public void endLease(MailboxId id) {
        set(id, "refreshing_until = null");
    }

    /** Stores what the provider gave; some give a new refresh token with each access token. */
    @Transactional
    public void granted(MailboxId id, Granted granted) {
        var refresh = granted.refreshToken();
        jdbc.sql("""
                update channels.sign_ins set access_token = :access, expires_at = :expires,
                  refresh_token = coalesce(:refresh, refresh_token), refused_at = null, refreshing_until = null
                where workspace_id = platform.current_workspace() and mailbox_id = :id
                """)
                .param("access", secrets.seal(granted.accessToken(), TOKEN))
                .param("expires", Timestamp.from(granted.expiresAt()))
                .param("refresh", refresh == null ? null : secrets.seal(refresh, TOKEN), java.sql.Types.BINARY)
                .param("id", id.value())
                .update();
    }

    @Transactional
    public void signedIn(MailboxId id) {
        set(id, "signed_in_at = :now");
    }

    /** Notes that only a person can go on. */
    @Transactional
    public void refused(MailboxId id) {
        set(id, "refused_at = :now, refreshing_until = null");
    }

    /** Notes that the mail server did not take the token, whatever its end says. */
    @Transactional
    public void doubt(MailboxId id) {
        set(id, "expires_at = :now");
    }

    private void set(MailboxId id, String assignment) {
        jdbc.sql("update channels.sign_ins set " + assignment
                        + " where workspace_id = platform.current_workspace() and mailbox_id = :id")
                .param("now", now())
                .param("id", id.value())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Known known(ResultSet row, int number) throws SQLException {
        return new Known(
                new MailboxId(row.getObject("mailbox_id", UUID.class)),
                new OAuthClient(
                        OAuthProvider.of(row.getString("provider")),
                        row.getString("authorization_url"),
                        row.getString("token_url"),
                        row.getString("scope"),
                        row.getString("client_id"),
                        secrets.open(row.getBytes("client_secret"), SECRET)),
                token(row, "refresh_token"),
                token(row, "access_token"),
                instant(row, "expires_at"),
                instant(row, "signed_in_at"),
                instant(row, "refused_at"));
    }

    private @Nullable String token(ResultSet row, String column) throws SQLException {
        var sealed = row.getBytes(column);
        return sealed == null ? null : secrets.open(sealed, TOKEN);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var found = row.getTimestamp(column);
        return found == null ? null : found.toInstant();
    }
}
