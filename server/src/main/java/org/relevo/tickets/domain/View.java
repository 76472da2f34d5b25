package org.relevo.tickets.domain;

import java.util.UUID;
import org.relevo.access.PartyId;
import org.relevo.access.TeamId;
import org.relevo.platform.ProblemException;

/** Which tickets a list shows. Done tickets stand only in {@code Solved} and {@code All}. */
public sealed interface View {

    /** Assigned to whoever asks. */
    record Mine() implements View {}

    /** Assigned to nobody. */
    record Unassigned() implements View {}

    /** In one stage: active, pending, on-hold, done. */
    record InStage(String id, String stage) implements View {}

    /** With one team. */
    record OfTeam(TeamId team) implements View {}

    /** With people or teams of one party. */
    record OfParty(PartyId party) implements View {}

    /** Every ticket. */
    record All() implements View {}

    /**
     * The view under an id of the contract: {@code mine}, {@code team:UUID}, …
     *
     * @throws ProblemException {@code not-found} if there is none
     */
    static View of(String id) {
        var colon = id.indexOf(':');
        if (colon > 0) {
            return ofGroup(id.substring(0, colon), id.substring(colon + 1));
        }
        return switch (id) {
            case "mine" -> new Mine();
            case "unassigned" -> new Unassigned();
            case "open" -> new InStage(id, "active");
            case "pending", "on-hold" -> new InStage(id, id);
            case "solved" -> new InStage(id, "done");
            case "all" -> new All();
            default -> throw ProblemException.notFound();
        };
    }

    private static View ofGroup(String group, String value) {
        try {
            var id = UUID.fromString(value);
            return switch (group) {
                case "team" -> new OfTeam(new TeamId(id));
                case "party" -> new OfParty(new PartyId(id));
                default -> throw ProblemException.notFound();
            };
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound();
        }
    }
}
