package org.relevo.access;

import org.relevo.access.domain.Credentials;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.ProblemException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people of the running workspace as those who act. */
@Service
public class Roster {

    private final Actors actors;
    private final Credentials credentials;

    Roster(Actors actors, Credentials credentials) {
        this.actors = actors;
        this.credentials = credentials;
    }

    /** The member {@code person}, as who acts. */
    @Transactional(readOnly = true)
    public Actor.Staff staff(PersonId person) {
        return actors.staff(person).orElseThrow(ProblemException::notFound);
    }

    /** What to keep of a password for {@link Workspaces#join}. */
    public String hash(String password) {
        return credentials.hash(password);
    }
}
