package org.relevo.access;

import org.jspecify.annotations.Nullable;

/** What an action is done to, as far as the gate needs to know it. */
public sealed interface Resource {

    /** The workspace as a whole: lists, settings. What a list holds is narrowed by {@link Gate#scope}. */
    record Everything() implements Resource {}

    /** A matter that belongs to somebody. */
    record Matter(@Nullable TeamId team, @Nullable PersonId assignee) implements Resource {}
}
