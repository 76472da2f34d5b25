package org.relevo.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Service;

/**
 * The one gate. Desk, API, automation and import ask it the same question in the same place; what it does not know of, it
 * denies. People of providers and freelancers reach the tickets of their own teams and those assigned to them.
 */
@Service
public class Gate {

    private static final Set<Action> AGENT = EnumSet.of(
            Action.TICKET_READ,
            Action.TICKET_REPLY,
            Action.TICKET_NOTE,
            Action.TICKET_ASSIGN,
            Action.TICKET_STATUS,
            Action.TICKET_TAG,
            Action.TICKET_LINK_ORDER,
            Action.CUSTOMER_READ,
            Action.ORDER_READ,
            Action.PEOPLE_READ,
            Action.SELF_MANAGE);
    private static final Set<Action> SHOP_AGENT =
            with(AGENT, Action.CUSTOMER_EDIT, Action.MAILBOX_READ, Action.SHOP_READ);
    private static final Set<Action> SUPERVISOR =
            with(SHOP_AGENT, Action.PEOPLE_INVITE, Action.TEAM_MANAGE, Action.INBOUND_RETRY, Action.TEMPLATE_MANAGE);
    private static final Map<Role, Set<Action>> SHOP = Map.of(
            Role.OWNER, EnumSet.allOf(Action.class),
            Role.SUPERVISOR, SUPERVISOR,
            Role.AGENT, SHOP_AGENT);
    private static final Set<Action> PROGRAM = EnumSet.complementOf(EnumSet.of(Action.SELF_MANAGE));

    /** Whether {@code actor} may do {@code action} to {@code resource}. */
    public Decision decide(Actor actor, Action action, Resource resource) {
        if (!actions(actor).contains(action)) {
            return new Decision.Denied(Reason.of("gate.role", action.permission()));
        }
        return switch (resource) {
            case Resource.Everything _ -> new Decision.Allowed();
            case Resource.Matter matter ->
                reaches(scope(actor), matter) ? new Decision.Allowed() : new Decision.Denied(Reason.of("gate.scope"));
        };
    }

    /** Which tickets {@code actor} sees. */
    public Scope scope(Actor actor) {
        return switch (actor) {
            case Actor.Program _, Actor.House _ -> new Scope.Whole();
            case Actor.Staff staff when staff.partyKind() == PartyKind.SHOP -> new Scope.Whole();
            case Actor.Staff staff ->
                new Scope.Own(
                        staff.person(), staff.teams().stream().map(TeamRef::id).toList());
        };
    }

    /** What {@code actor} may do somewhere, so that the desk shows no dead ends. */
    public Set<Action> actions(Actor actor) {
        return switch (actor) {
            case Actor.House _ -> EnumSet.allOf(Action.class);
            case Actor.Program _ -> PROGRAM;
            case Actor.Staff staff
            when staff.partyKind() == PartyKind.SHOP -> SHOP.getOrDefault(staff.role(), Set.of());
            case Actor.Staff _ -> AGENT;
        };
    }

    /**
     * Passes or throws.
     *
     * @throws ProblemException {@code not-allowed} with the gate's reason
     */
    public void pass(Actor actor, Action action, Resource resource) {
        if (decide(actor, action, resource) instanceof Decision.Denied(Reason reason)) {
            throw new NotAllowedException(reason);
        }
    }

    private static boolean reaches(Scope scope, Resource.Matter matter) {
        return switch (scope) {
            case Scope.Whole _ -> true;
            case Scope.Own own ->
                own.person().equals(matter.assignee())
                        || (matter.team() != null && own.teams().contains(matter.team()));
        };
    }

    private static Set<Action> with(Set<Action> base, Action... more) {
        var all = EnumSet.copyOf(base);
        all.addAll(Set.of(more));
        return all;
    }
}
