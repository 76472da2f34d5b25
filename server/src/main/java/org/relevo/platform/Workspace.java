package org.relevo.platform;

import java.util.Optional;
import java.util.UUID;

/**
 * The workspace that the running work belongs to. Every transaction begun inside it sees that workspace's rows and no
 * others (row-level security); outside of it a transaction sees no business rows at all.
 */
public final class Workspace {

    private static final ScopedValue<WorkspaceId> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<UUID> PERSON = ScopedValue.newInstance();

    private Workspace() {}

    /** The workspace of the running work, if any. */
    public static Optional<WorkspaceId> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * The workspace of the running work.
     *
     * @throws IllegalStateException if the work runs in none, which is a mistake of ours
     */
    public static WorkspaceId required() {
        return current().orElseThrow(() -> new IllegalStateException("This work runs in no workspace."));
    }

    /** Runs {@code work} in {@code workspace}. */
    public static <T, X extends Throwable> T call(WorkspaceId workspace, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, workspace).call(work);
    }

    /** Runs {@code work} in {@code workspace}. */
    public static void run(WorkspaceId workspace, Runnable work) {
        ScopedValue.where(CURRENT, workspace).run(work);
    }

    /**
     * Runs {@code work} for a person who has not yet chosen a workspace: they see their own memberships everywhere and
     * nothing else.
     */
    public static <T, X extends Throwable> T callAs(UUID person, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(PERSON, person).call(work);
    }

    /** The person of {@link #callAs}, if any. */
    public static Optional<UUID> person() {
        return PERSON.isBound() ? Optional.of(PERSON.get()) : Optional.empty();
    }
}
