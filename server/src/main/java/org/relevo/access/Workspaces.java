package org.relevo.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.relevo.access.domain.Credentials;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The closed worlds of this installation and how a new one begins. */
@Service
public class Workspaces {

    /**
     * What a workspace is called and where its people live.
     *
     * @param timeZone the zone of its business hours and reports
     */
    public record Profile(WorkspaceId id, String name, ZoneId timeZone, boolean demonstration, boolean setUp) {}

    /** The first person of a workspace. */
    public record Founder(String name, String email, String password, String locale) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Credentials credentials;

    Workspaces(JdbcClient jdbc, Clock clock, Credentials credentials) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.credentials = credentials;
    }

    /** Every workspace of this installation. */
    @Transactional(readOnly = true)
    public List<WorkspaceId> all() {
        return jdbc.sql("select id from access.workspaces order by created_at")
                .query((row, _) -> new WorkspaceId(row.getObject("id", UUID.class)))
                .list();
    }

    @Transactional(readOnly = true)
    public Profile profile(WorkspaceId id) {
        return jdbc.sql("select name, time_zone, demonstration, set_up_at is not null as set_up from access.workspaces"
                        + " where id = :id")
                .param("id", id.value())
                .query((row, _) -> new Profile(
                        id,
                        row.getString("name"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getBoolean("demonstration"),
                        row.getBoolean("set_up")))
                .optional()
                .orElseThrow(ProblemException::notFound);
    }

    /**
     * Begins a workspace with its shop as the first party and {@code founder} as its owner. Call it inside
     * {@link Workspace#call} of {@code id}, so that the rows pass the wall.
     *
     * @throws ProblemException {@code invalid-request} if the time zone is unknown
     */
    @Transactional
    public PersonId found(WorkspaceId id, String name, String timeZone, Founder founder, boolean demonstration) {
        var now = Timestamp.from(clock.instant());
        jdbc.sql("""
                insert into access.workspaces (id, name, time_zone, demonstration, created_at)
                values (:id, :name, :timeZone, :demonstration, :now)
                """)
                .param("id", id.value())
                .param("name", name)
                .param("timeZone", known(timeZone))
                .param("demonstration", demonstration)
                .param("now", now)
                .update();
        var shop = party(PartyKind.SHOP, name);
        var hash = credentials.hash(founder.password());
        return join(new Member(founder.name(), founder.email(), hash, founder.locale(), Role.OWNER, shop, List.of()));
    }

    /** Ends the first-run wizard. */
    @Transactional
    public void finishSetUp() {
        jdbc.sql("update access.workspaces set set_up_at = coalesce(set_up_at, :now) where id = :id")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", Workspace.required().value())
                .update();
    }

    /** The party of that kind and name in the running workspace, made if need be; a shop has one, whatever its name. */
    @Transactional
    public PartyId party(PartyKind kind, String name) {
        var found = jdbc.sql("""
                select id from access.parties where workspace_id = platform.current_workspace() and kind = :kind
                and (kind = 'shop' or name = :name)
                """)
                .param("kind", kind.word())
                .param("name", name)
                .query(UUID.class)
                .optional();
        return new PartyId(found.orElseGet(() -> {
            var id = Uuid7.next();
            jdbc.sql("insert into access.parties (id, workspace_id, kind, name) values (:id, :workspace, :kind, :name)")
                    .param("id", id)
                    .param("workspace", Workspace.required().value())
                    .param("kind", kind.word())
                    .param("name", name)
                    .update();
            return id;
        }));
    }

    /**
     * A new team of {@code party} in the running workspace.
     *
     * @throws ProblemException {@code invalid-request} if the name is taken
     */
    @Transactional
    public TeamRef team(PartyId party, String name) {
        var id = Uuid7.next();
        var added = jdbc.sql("""
                insert into access.teams (id, workspace_id, party_id, name) values (:id, :workspace, :party, :name)
                on conflict (workspace_id, name) do nothing
                """)
                .param("id", id)
                .param("workspace", Workspace.required().value())
                .param("party", party.value())
                .param("name", name)
                .update();
        if (added == 0) {
            throw ProblemException.invalid("/name", "field.name-taken", name);
        }
        var kind = jdbc.sql("select kind from access.parties where id = :id")
                .param("id", party.value())
                .query(String.class)
                .single();
        return new TeamRef(new TeamId(id), name, PartyKind.of(kind));
    }

    /** The team of that name in the running workspace, made for {@code party} if need be. */
    @Transactional
    public TeamId teamNamed(PartyId party, String name) {
        return jdbc.sql(
                        "select id from access.teams where workspace_id = platform.current_workspace() and name = :name")
                .param("name", name)
                .query((row, _) -> new TeamId(row.getObject("id", UUID.class)))
                .optional()
                .orElseGet(() -> team(party, name).id());
    }

    /**
     * Somebody who joins.
     *
     * @param passwordHash what {@code Credentials} made of the password; unused if the address signs in already
     */
    public record Member(
            String name,
            String email,
            String passwordHash,
            String locale,
            Role role,
            PartyId party,
            List<TeamId> teams) {}

    /** Makes {@code member} part of the running workspace; whoever signs in with that address already keeps their sign-in. */
    @Transactional
    public PersonId join(Member member) {
        var person = credentials.personOf(member.email()).orElseGet(() -> newPerson(member));
        jdbc.sql("""
                insert into access.memberships (workspace_id, person_id, party_id, role, created_at)
                values (:workspace, :person, :party, :role, :now)
                on conflict (workspace_id, person_id) do update set party_id = :party, role = :role, state = 'active'
                """)
                .param("workspace", Workspace.required().value())
                .param("person", person.value())
                .param("party", member.party().value())
                .param("role", member.role().word())
                .param("now", Timestamp.from(clock.instant()))
                .update();
        for (var team : member.teams()) {
            jdbc.sql("""
                    insert into access.team_members (workspace_id, team_id, person_id)
                    values (:workspace, :team, :person) on conflict do nothing
                    """)
                    .param("workspace", Workspace.required().value())
                    .param("team", team.value())
                    .param("person", person.value())
                    .update();
        }
        return person;
    }

    private PersonId newPerson(Member member) {
        var id = new PersonId(Uuid7.next());
        jdbc.sql(
                        "insert into access.people (id, email, name, locale, created_at) values (:id, :email, :name, :locale, :now)")
                .param("id", id.value())
                .param("email", member.email())
                .param("name", member.name())
                .param("locale", "en".equals(member.locale()) ? "en" : "es")
                .param("now", Timestamp.from(clock.instant()))
                .update();
        credentials.add(member.email(), id, member.passwordHash());
        return id;
    }

    private static String known(String timeZone) {
        try {
            return ZoneId.of(timeZone).getId();
        } catch (DateTimeException e) {
            throw ProblemException.invalid("/timeZone", "field.time-zone-unknown", timeZone);
        }
    }
}
