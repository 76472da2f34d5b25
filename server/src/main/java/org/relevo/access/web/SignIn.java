package org.relevo.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.PersonId;
import org.relevo.access.Workspaces;
import org.relevo.access.domain.AttemptLimit;
import org.relevo.access.domain.Credentials;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.stereotype.Component;

/** Begins sessions: a new id each time, so that nobody can prepare one for somebody else. */
@Component
class SignIn {

    private final Credentials credentials;
    private final AttemptLimit limit;
    private final Actors actors;
    private final Workspaces workspaces;
    private final Preferences preferences;
    private final Gate gate;

    SignIn(
            Credentials credentials,
            AttemptLimit limit,
            Actors actors,
            Workspaces workspaces,
            Preferences preferences,
            Gate gate) {
        this.credentials = credentials;
        this.limit = limit;
        this.actors = actors;
        this.workspaces = workspaces;
        this.preferences = preferences;
        this.gate = gate;
    }

    /** Signs in with a password, to the workspace joined last. */
    SessionView withPassword(String email, String password, HttpServletRequest request) {
        var address = email.strip().toLowerCase(Locale.ROOT);
        limit.count(address, request.getRemoteAddr());
        var person = credentials.verify(address, password).orElseThrow(SignIn::refused);
        var places = Workspace.callAs(person.value(), () -> actors.workspacesOf(person));
        if (places.isEmpty()) {
            throw refused();
        }
        limit.succeeded(address, request.getRemoteAddr());
        return begin(person, places.getFirst(), request);
    }

    /** Begins a session for {@code person} in {@code workspace}. */
    SessionView begin(PersonId person, WorkspaceId workspace, HttpServletRequest request) {
        var old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        var session = request.getSession(true);
        session.setAttribute(ActorFilter.PERSON, person.value().toString());
        session.setAttribute(ActorFilter.WORKSPACE, workspace.toString());
        return Workspace.call(workspace, () -> view(actors.staff(person).orElseThrow(SignIn::refused)));
    }

    /** The session of {@code staff} as the desk sees it. */
    SessionView view(Actor.Staff staff) {
        return SessionView.of(
                staff, preferences.of(staff.person()), workspaces.profile(staff.workspace()), gate.actions(staff));
    }

    private static ProblemException refused() {
        return new ProblemException("sign-in-refused", 401);
    }
}
