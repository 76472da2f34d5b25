package org.relevo.access;

import org.relevo.access.persistence.Actors;
import org.relevo.platform.Workspace;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Service;

/** Whether somebody who was let in is still welcome; what stays open (a live connection) asks again. */
@Service
public class LiveSessions {

    private final SessionRepository<? extends Session> sessions;
    private final Actors actors;

    LiveSessions(SessionRepository<? extends Session> sessions, Actors actors) {
        this.sessions = sessions;
        this.actors = actors;
    }

    /** Whether the session still stands and {@code staff} still work here. */
    public boolean stands(String session, Actor.Staff staff) {
        return sessions.findById(session) != null
                && Workspace.call(staff.workspace(), () -> actors.staff(staff.person()))
                        .isPresent();
    }
}
