package org.relevo.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.WorkspaceId;

/** Who is acting, in which workspace. */
public sealed interface Actor {

    WorkspaceId workspace();

    /** The name to show beside what was done. */
    String name();

    /** A signed-in person. */
    record Staff(
            WorkspaceId workspace,
            PersonId person,
            String name,
            String email,
            Role role,
            PartyId party,
            PartyKind partyKind,
            String partyName,
            List<TeamRef> teams)
            implements Actor {}

    /** A program with a token of the workspace's administrator. */
    record Program(WorkspaceId workspace, java.util.UUID token, String name) implements Actor {}

    /** RELEVO itself, working on what arrived. */
    record House(WorkspaceId workspace) implements Actor {
        @Override
        public String name() {
            return "RELEVO";
        }
    }

    /** The person who acts, if a person does. */
    default @Nullable PersonId personOrNull() {
        return this instanceof Staff staff ? staff.person() : null;
    }
}
