package org.relevo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.access.Resource.Everything;
import org.relevo.access.Resource.Matter;
import org.relevo.platform.WorkspaceId;

/** Who may do what (R21, R66): what the table does not allow is denied. */
class GateTests {

    private final Gate gate = new Gate();
    private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
    private final TeamId evenings = new TeamId(UUID.randomUUID());

    @ParameterizedTest(name = "{0} of the {1}: {2} {3}")
    @CsvSource({
        "OWNER, SHOP, TOKEN_MANAGE, true",
        "SUPERVISOR, SHOP, TOKEN_MANAGE, false",
        "SUPERVISOR, SHOP, PEOPLE_INVITE, true",
        "AGENT, SHOP, PEOPLE_INVITE, false",
        "AGENT, SHOP, TICKET_REPLY, true",
        "AGENT, SHOP, MAILBOX_MANAGE, false",
        "AGENT, SHOP, SHOP_MANAGE, false",
        "AGENT, PROVIDER, TICKET_REPLY, true",
        "AGENT, PROVIDER, CUSTOMER_EDIT, false",
        "SUPERVISOR, PROVIDER, PEOPLE_INVITE, false",
        "OWNER, PROVIDER, TOKEN_MANAGE, false",
        "AGENT, FREELANCER, MAILBOX_READ, false",
    })
    void rolesAllowWhatTheirTableSays(Role role, PartyKind kind, Action action, boolean allowed) {
        var decision = gate.decide(staff(role, kind), action, new Everything());

        assertThat(decision instanceof Decision.Allowed).isEqualTo(allowed);
    }

    @Test
    void peopleOfAProviderReachTheirTeamsTicketsAndTheirOwn() {
        var agent = staff(Role.AGENT, PartyKind.PROVIDER);

        assertThat(reads(agent, evenings, null)).isTrue();
        assertThat(reads(agent, null, agent.person())).isTrue();
        assertThat(reads(agent, new TeamId(UUID.randomUUID()), new PersonId(UUID.randomUUID())))
                .isFalse();
        assertThat(reads(agent, null, null)).isFalse();
    }

    @Test
    void theShopsPeopleReachEveryTicket() {
        assertThat(reads(staff(Role.AGENT, PartyKind.SHOP), null, null)).isTrue();
    }

    @Test
    void aTokenDoesWhatItsShopMayExceptBeAPerson() {
        var program = new Actor.Program(workspace, UUID.randomUUID(), "import");

        assertThat(gate.actions(program)).contains(Action.TICKET_REPLY).doesNotContain(Action.SELF_MANAGE);
    }

    private boolean reads(Actor actor, @Nullable TeamId team, @Nullable PersonId assignee) {
        return gate.decide(actor, Action.TICKET_READ, new Matter(team, assignee)) instanceof Decision.Allowed;
    }

    private Actor.Staff staff(Role role, PartyKind kind) {
        return new Actor.Staff(
                workspace,
                new PersonId(UUID.randomUUID()),
                "Rocío Leal",
                "rocio@contacta.example",
                role,
                new PartyId(UUID.randomUUID()),
                kind,
                "Contacta Sur",
                List.of(new TeamRef(evenings, "Tardes", kind)));
    }
}
