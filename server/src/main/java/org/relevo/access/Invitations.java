package org.relevo.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.access.domain.ApiToken;
import org.relevo.access.domain.Credentials;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Secrets;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Invitations by link: each for one address, used once, within a week. */
@Service
public class Invitations {

    private static final Duration VALID = Duration.ofDays(7);

    /** Whom to invite, as what. */
    public record Guest(String email, Role role, PartyKind partyKind, String partyName, List<TeamId> teams) {}

    /** An invitation the moment it is made; {@code code} belongs in its link and is told only now. */
    public record Invitation(UUID id, String email, String code, Instant expiresAt) {}

    /** What an invited person sees before they accept. */
    public record Preview(String workspaceName, String email, String invitedBy, Role role, String partyName) {}

    private record Stored(
            UUID id, String email, Role role, PartyId party, List<TeamId> teams, Preview preview, Instant expiresAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Secrets secrets;
    private final Workspaces workspaces;
    private final Credentials credentials;

    Invitations(JdbcClient jdbc, Clock clock, Secrets secrets, Workspaces workspaces, Credentials credentials) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.secrets = secrets;
        this.workspaces = workspaces;
        this.credentials = credentials;
    }

    /** Invites {@code guest} in the name of {@code by}. */
    @Transactional
    public Invitation invite(Guest guest, Actor by) {
        var party = workspaces.party(guest.partyKind(), guest.partyName());
        var code = new ApiToken(Workspace.required(), secrets.random());
        var now = clock.instant();
        var invitation = new Invitation(Uuid7.next(), guest.email(), code.text(), now.plus(VALID));
        var inviter = by.personOrNull();
        jdbc.sql("""
                insert into access.invitations (id, workspace_id, email, role, party_id, team_ids, digest, invited_by,
                                                inviter_name, created_at, expires_at)
                values (:id, :workspace, :email, :role, :party, :teams, :digest, :by, :byName, :now, :expires)
                """)
                .param("id", invitation.id())
                .param("workspace", Workspace.required().value())
                .param("email", guest.email())
                .param("role", guest.role().word())
                .param("party", party.value())
                .param("teams", guest.teams().stream().map(TeamId::value).toArray(UUID[]::new))
                .param("digest", Secrets.digest(code.secret()))
                .param("by", inviter == null ? null : inviter.value())
                .param("byName", by.name())
                .param("now", Timestamp.from(now))
                .param("expires", Timestamp.from(invitation.expiresAt()))
                .update();
        return invitation;
    }

    /** The workspace that a link's code leads to. */
    public static Optional<ApiToken> read(String code) {
        return ApiToken.read(code);
    }

    /** What the invitation under {@code secret} says. Call it in the workspace of the code. */
    @Transactional(readOnly = true)
    public Preview preview(String secret) {
        return open(secret).preview();
    }

    /**
     * Accepts the invitation: whoever signs in with that address already proves it with their password, anyone else
     * chooses one.
     */
    @Transactional
    public PersonId accept(String secret, String name, String password, String locale) {
        var invitation = open(secret);
        if (credentials.personOf(invitation.email()).isPresent()
                && credentials.verify(invitation.email(), password).isEmpty()) {
            throw new ProblemException("sign-in-refused", 401);
        }
        var hash = credentials.hash(password);
        var taken = jdbc.sql("update access.invitations set accepted_at = :now where id = :id and accepted_at is null")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", invitation.id())
                .update();
        if (taken == 0) {
            throw new ProblemException("invitation-expired", 410);
        }
        return workspaces.join(new Workspaces.Member(
                name, invitation.email(), hash, locale, invitation.role(), invitation.party(), invitation.teams()));
    }

    /** Invitations of the running workspace that nobody has accepted yet. */
    @Transactional(readOnly = true)
    public List<Preview> waiting() {
        return jdbc.sql(SELECT + " where i.workspace_id = platform.current_workspace() and i.accepted_at is null"
                        + " and i.expires_at > :now order by i.created_at")
                .param("now", Timestamp.from(clock.instant()))
                .query((row, _) -> preview(row))
                .list();
    }

    private static final String SELECT = """
            select i.id, i.email, i.role, i.party_id, i.team_ids, i.inviter_name, i.expires_at, i.accepted_at,
                   y.name as party_name, w.name as workspace_name
            from access.invitations i
            join access.parties y on y.id = i.party_id
            join access.workspaces w on w.id = i.workspace_id
            """;

    private Stored open(String secret) {
        var stored = jdbc.sql(SELECT + " where i.workspace_id = platform.current_workspace() and i.digest = :digest")
                .param("digest", Secrets.digest(secret))
                .query((row, _) -> new Stored(
                        row.getObject("id", UUID.class),
                        row.getString("email"),
                        Role.of(row.getString("role")),
                        new PartyId(row.getObject("party_id", UUID.class)),
                        List.of((UUID[]) row.getArray("team_ids").getArray()).stream()
                                .map(TeamId::new)
                                .toList(),
                        preview(row),
                        row.getTimestamp("accepted_at") == null
                                ? row.getTimestamp("expires_at").toInstant()
                                : Instant.EPOCH))
                .optional()
                .orElseThrow(() -> new ProblemException("invitation-unknown", 404));
        if (stored.expiresAt().isBefore(clock.instant())) {
            throw new ProblemException("invitation-expired", 410);
        }
        return stored;
    }

    private static Preview preview(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Preview(
                row.getString("workspace_name"),
                row.getString("email"),
                row.getString("inviter_name"),
                Role.of(row.getString("role")),
                row.getString("party_name"));
    }
}
