package org.relevo.access.persistence;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.access.Actor;
import org.relevo.access.PartyId;
import org.relevo.access.PartyKind;
import org.relevo.access.PersonId;
import org.relevo.access.Role;
import org.relevo.access.TeamId;
import org.relevo.access.TeamRef;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds out, afresh for each request, who acts: whoever has left is nobody from the next request on. */
@Repository
public class Actors {

    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final String MEMBERS = """
            select p.id, p.name, p.email, m.role, y.id as party, y.kind, y.name as party_name,
                   array(select t.id::text || ' ' || ty.kind || ' ' || t.name
                         from access.team_members x
                         join access.teams t on t.id = x.team_id join access.parties ty on ty.id = t.party_id
                         where x.person_id = p.id and x.workspace_id = m.workspace_id order by t.name) as teams
            from access.memberships m
            join access.people p on p.id = m.person_id
            join access.parties y on y.id = m.party_id
            where m.workspace_id = platform.current_workspace() and m.state = 'active'
            """;
    private static final RowMapper<Actor.Staff> STAFF = (row, _) -> new Actor.Staff(
            Workspace.required(),
            new PersonId(row.getObject("id", UUID.class)),
            row.getString("name"),
            row.getString("email"),
            Role.of(row.getString("role")),
            new PartyId(row.getObject("party", UUID.class)),
            PartyKind.of(row.getString("kind")),
            row.getString("party_name"),
            teams((String[]) row.getArray("teams").getArray()));

    private final JdbcClient jdbc;
    private final Clock clock;

    Actors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The workspaces that {@code person} serves, the newest membership first. Call it inside {@link Workspace#callAs}. */
    @Transactional(readOnly = true)
    public List<WorkspaceId> workspacesOf(PersonId person) {
        return jdbc.sql("""
                select workspace_id from access.memberships where person_id = :person and state = 'active'
                order by created_at desc
                """)
                .param("person", person.value())
                .query((row, _) -> new WorkspaceId(row.getObject("workspace_id", UUID.class)))
                .list();
    }

    /** The member {@code person} of the running workspace, if they still are one. */
    @Transactional(readOnly = true)
    public Optional<Actor.Staff> staff(PersonId person) {
        return jdbc.sql(MEMBERS + " and m.person_id = :person")
                .param("person", person.value())
                .query(STAFF)
                .optional();
    }

    /** Everyone who works in the running workspace, the shop's people first, then by name. */
    @Transactional(readOnly = true)
    public List<Actor.Staff> everyone() {
        return jdbc.sql(MEMBERS + " order by y.kind <> 'shop', y.kind <> 'provider', p.name")
                .query(STAFF)
                .list();
    }

    private static List<TeamRef> teams(String[] packed) {
        return List.of(packed).stream()
                .map(text -> text.split(" ", 3))
                .map(parts -> new TeamRef(new TeamId(UUID.fromString(parts[0])), parts[2], PartyKind.of(parts[1])))
                .toList();
    }

    /** The program that {@code secret} belongs to, in the running workspace. */
    @Transactional
    public Optional<Actor.Program> program(String secret) {
        record Found(UUID id, String name, boolean note) {}
        var now = clock.instant();
        var found = jdbc.sql("""
                select id, name, coalesce(last_used_at < :stale, true) as note from access.tokens
                where workspace_id = platform.current_workspace() and digest = :digest and revoked_at is null
                """)
                .param("stale", Timestamp.from(now.minus(USE_NOTED_EVERY)))
                .param("digest", Secrets.digest(secret))
                .query((row, _) ->
                        new Found(row.getObject("id", UUID.class), row.getString("name"), row.getBoolean("note")))
                .optional();
        found.filter(Found::note)
                .ifPresent(token -> jdbc.sql("update access.tokens set last_used_at = :now where id = :id")
                        .param("now", Timestamp.from(now))
                        .param("id", token.id())
                        .update());
        return found.map(token -> new Actor.Program(Workspace.required(), token.id(), token.name()));
    }
}
