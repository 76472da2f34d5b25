package org.relevo.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people, parties and teams of the running workspace, by name. */
@Service
@Transactional(readOnly = true)
public class People {

    private static final RowMapper<PersonRef> PERSON = (row, _) -> new PersonRef(
            new PersonId(row.getObject("id", UUID.class)),
            row.getString("name"),
            PartyKind.of(row.getString("party_kind")),
            row.getString("party_name"));
    private static final RowMapper<TeamRef> TEAM = (row, _) -> new TeamRef(
            new TeamId(row.getObject("id", UUID.class)), row.getString("name"), PartyKind.of(row.getString("kind")));
    private static final RowMapper<PartyRef> PARTY = (row, _) -> new PartyRef(
            new PartyId(row.getObject("id", UUID.class)), row.getString("name"), PartyKind.of(row.getString("kind")));
    private static final String PEOPLE = """
            select p.id, p.name, y.kind as party_kind, y.name as party_name
            from access.memberships m
            join access.people p on p.id = m.person_id
            join access.parties y on y.id = m.party_id
            where m.workspace_id = platform.current_workspace()
            """;
    private static final String TEAMS = """
            select t.id, t.name, y.kind from access.teams t join access.parties y on y.id = t.party_id
            where t.workspace_id = platform.current_workspace()
            """;

    /** A party, as others name it. */
    public record PartyRef(PartyId id, String name, PartyKind kind) {}

    private final JdbcClient jdbc;

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of {@code ids} who are or were members here. */
    public Map<PersonId, PersonRef> named(Collection<PersonId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(PEOPLE + " and m.person_id = any(:ids)")
                .param("ids", ids.stream().map(PersonId::value).distinct().toArray(UUID[]::new))
                .query(PERSON)
                .stream()
                .collect(Collectors.toMap(PersonRef::id, Function.identity()));
    }

    /** A person who is a member here now. */
    public Optional<PersonRef> active(PersonId id) {
        return jdbc.sql(PEOPLE + " and m.state = 'active' and m.person_id = :id")
                .param("id", id.value())
                .query(PERSON)
                .optional();
    }

    /** Whether a member of ours signs in with this address. */
    public boolean worksHere(String email) {
        return jdbc.sql("select exists (" + PEOPLE + " and m.state = 'active' and p.email = :email)")
                .param("email", email)
                .query(Boolean.class)
                .single();
    }

    /** Every team, by name. */
    public List<TeamRef> teams() {
        return jdbc.sql(TEAMS + " order by t.name").query(TEAM).list();
    }

    /** A team of this workspace. */
    public Optional<TeamRef> team(TeamId id) {
        return jdbc.sql(TEAMS + " and t.id = :id")
                .param("id", id.value())
                .query(TEAM)
                .optional();
    }

    /** Every party, the shop first. */
    public List<PartyRef> parties() {
        return jdbc.sql("""
                select id, name, kind from access.parties where workspace_id = platform.current_workspace()
                order by kind <> 'shop', kind <> 'provider', name
                """).query(PARTY).list();
    }

    /** The party that the person works for. */
    public Optional<PartyRef> partyOf(PersonId person) {
        return jdbc.sql("""
                select y.id, y.name, y.kind from access.memberships m join access.parties y on y.id = m.party_id
                where m.workspace_id = platform.current_workspace() and m.person_id = :person
                """).param("person", person.value()).query(PARTY).optional();
    }

    /** The party that the team belongs to. */
    public Optional<PartyRef> partyOf(TeamId team) {
        return jdbc.sql("""
                select y.id, y.name, y.kind from access.teams t join access.parties y on y.id = t.party_id
                where t.workspace_id = platform.current_workspace() and t.id = :team
                """).param("team", team.value()).query(PARTY).optional();
    }
}
