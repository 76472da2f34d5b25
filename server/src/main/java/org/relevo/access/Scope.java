package org.relevo.access;

import java.util.List;

/** Which tickets somebody sees at all, in lists as in single views. */
public sealed interface Scope {

    /** Every ticket of the workspace. */
    record Whole() implements Scope {}

    /** Tickets of these teams, and those assigned to the person. */
    record Own(PersonId person, List<TeamId> teams) implements Scope {}
}
