package org.relevo.access.persistence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.relevo.access.Actor;
import org.relevo.access.PersonId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Everyone who works in the running workspace. */
@Repository
public class Members {

    private final JdbcClient jdbc;
    private final Actors actors;

    Members(JdbcClient jdbc, Actors actors) {
        this.jdbc = jdbc;
        this.actors = actors;
    }

    /** The active members, the shop's people first, then by name. */
    @Transactional(readOnly = true)
    public List<Actor.Staff> active() {
        return jdbc.sql("""
                        select m.person_id from access.memberships m
                        join access.people p on p.id = m.person_id join access.parties y on y.id = m.party_id
                        where m.workspace_id = platform.current_workspace() and m.state = 'active'
                        order by y.kind <> 'shop', y.kind <> 'provider', p.name
                        """).query((row, _) -> new PersonId(row.getObject("person_id", UUID.class))).stream()
                .map(actors::staff)
                .flatMap(Optional::stream)
                .toList();
    }
}
