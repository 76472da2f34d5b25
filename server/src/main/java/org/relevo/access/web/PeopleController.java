package org.relevo.access.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Invitations;
import org.relevo.access.PartyId;
import org.relevo.access.PartyKind;
import org.relevo.access.People;
import org.relevo.access.Requires;
import org.relevo.access.Role;
import org.relevo.access.TeamId;
import org.relevo.access.TeamRef;
import org.relevo.access.Workspaces;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.Page;
import org.relevo.platform.ProblemException;
import org.relevo.platform.RelevoOrigins;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class PeopleController {

    /** For whom somebody works; without an id while an invitation waits. */
    record Employer(@Nullable PartyId id, String name, PartyKind kind) {}

    record Person(
            String id,
            String name,
            String email,
            Role role,
            Employer party,
            List<TeamRef> teams,
            @Schema(allowableValues = {"active", "invited"}) String state) {}

    record Guest(
            @NotBlank @Email @Size(max = 254) String email,
            @NotNull Role role,
            @NotNull PartyKind partyKind,
            @Nullable @Size(max = 120) String partyName,
            @Nullable List<UUID> teamIds) {}

    record InvitationRequest(@NotEmpty @Size(max = 200) List<@Valid Guest> invitations) {}

    record Invitation(UUID id, String email, String link, Instant expiresAt) {}

    record TeamRequest(@NotBlank @Size(max = 120) String name) {}

    private final Actors actors;
    private final Invitations invitations;
    private final People people;
    private final Workspaces workspaces;
    private final RelevoOrigins origins;

    PeopleController(
            Actors actors, Invitations invitations, People people, Workspaces workspaces, RelevoOrigins origins) {
        this.actors = actors;
        this.invitations = invitations;
        this.people = people;
        this.workspaces = workspaces;
        this.origins = origins;
    }

    @GetMapping("/people")
    @Requires(Action.PEOPLE_READ)
    @Transactional(readOnly = true)
    Page<Person> people() {
        var joined = actors.everyone().stream()
                .map(staff -> new Person(
                        staff.person().value().toString(),
                        staff.name(),
                        staff.email(),
                        staff.role(),
                        new Employer(staff.party(), staff.partyName(), staff.partyKind()),
                        staff.teams(),
                        "active"));
        var waiting = invitations.waiting().stream()
                .map(guest -> new Person(
                        guest.email(),
                        guest.email(),
                        guest.email(),
                        guest.role(),
                        new Employer(null, guest.partyName(), kindOf(guest.partyName())),
                        List.of(),
                        "invited"));
        return Page.whole(Stream.concat(joined, waiting).toList());
    }

    private PartyKind kindOf(String partyName) {
        return people.parties().stream()
                .filter(party -> party.name().equals(partyName))
                .map(People.PartyRef::kind)
                .findFirst()
                .orElse(PartyKind.SHOP);
    }

    @PostMapping("/people/invitations")
    @Requires(Action.PEOPLE_INVITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional // all of them or none: a link that nobody was told of would be lost
    List<Invitation> invite(@Valid @RequestBody InvitationRequest request, Actor actor) {
        var mayGrant = !(actor instanceof Actor.Staff staff) || staff.role() == Role.OWNER;
        return request.invitations().stream()
                .map(guest -> invite(guest, actor, mayGrant))
                .toList();
    }

    private Invitation invite(Guest guest, Actor by, boolean mayGrant) {
        if (guest.role() != Role.AGENT && !mayGrant) {
            throw ProblemException.invalid("/invitations/role", "field.role-above-yours");
        }
        if (guest.role() == Role.OWNER && guest.partyKind() != PartyKind.SHOP) {
            throw ProblemException.invalid("/invitations/role", "field.owner-outside");
        }
        var partyName = guest.partyName();
        if (guest.partyKind() != PartyKind.SHOP && (partyName == null || partyName.isBlank())) {
            throw ProblemException.invalid("/invitations/partyName", "field.party-name-missing");
        }
        var teams = guest.teamIds() == null
                ? List.<TeamId>of()
                : guest.teamIds().stream().map(TeamId::new).toList();
        if (teams.stream().anyMatch(team -> people.team(team).isEmpty())) {
            throw ProblemException.invalid("/invitations/teamIds", "field.team-unknown");
        }
        var made = invitations.invite(
                new Invitations.Guest(
                        guest.email(), guest.role(), guest.partyKind(), partyName == null ? "" : partyName, teams),
                by);
        return new Invitation(made.id(), made.email(), origins.desk() + "/invitation/" + made.code(), made.expiresAt());
    }

    @GetMapping("/teams")
    @Requires(Action.PEOPLE_READ)
    Page<TeamRef> teams() {
        return Page.whole(people.teams());
    }

    @PostMapping("/teams")
    @Requires(Action.TEAM_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    TeamRef team(@Valid @RequestBody TeamRequest request) {
        return workspaces.team(workspaces.party(PartyKind.SHOP, ""), request.name());
    }
}
