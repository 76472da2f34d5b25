package org.relevo.access.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.PartyId;
import org.relevo.access.PartyKind;
import org.relevo.access.PersonId;
import org.relevo.access.Role;
import org.relevo.access.TeamRef;
import org.relevo.access.Workspaces;
import org.relevo.platform.WorkspaceId;

/** Who is signed in, where, and what they may do there. */
@Schema(name = "Session")
record SessionView(
        SignedIn person, Place workspace, Party party, Role role, List<String> permissions, List<TeamRef> teams) {

    record SignedIn(
            PersonId id,
            String name,
            String email,
            @Schema(allowableValues = {"es", "en"}) String locale,

            @Schema(allowableValues = {"light", "dark", "system"})
            String theme) {}

    record Place(WorkspaceId id, String name, String timeZone, boolean demonstration, boolean setUp) {}

    record Party(PartyId id, String name, PartyKind kind) {}

    static SessionView of(
            Actor.Staff staff, Preferences.Choice choice, Workspaces.Profile profile, java.util.Set<Action> allowed) {
        return new SessionView(
                new SignedIn(staff.person(), staff.name(), staff.email(), choice.locale(), choice.theme()),
                new Place(
                        profile.id(),
                        profile.name(),
                        profile.timeZone().getId(),
                        profile.demonstration(),
                        profile.setUp()),
                new Party(staff.party(), staff.partyName(), staff.partyKind()),
                staff.role(),
                allowed.stream().map(Action::permission).sorted().toList(),
                staff.teams());
    }
}
