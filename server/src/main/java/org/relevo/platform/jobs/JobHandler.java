package org.relevo.platform.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Does the jobs of one kind. A job may run twice (the process may die after the work, before it is noted). */
public interface JobHandler {

    /** The kind of jobs that this handler does; stable, since it is stored. */
    String kind();

    /**
     * Does the job about {@code subject}, in its workspace and outside any transaction.
     *
     * @return when to do it again, or empty when it is done
     */
    Optional<Instant> run(UUID subject);
}
