package org.relevo.channels.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a mail that a server would not take for now is tried again: soon at first, then every four hours, for three days. */
public final class RetryPlan {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1));
    private static final Duration LATER = Duration.ofHours(4);
    private static final Duration GIVE_UP = Duration.ofDays(3);

    private RetryPlan() {}

    /**
     * When to try again.
     *
     * @param attempts how many tries there were, the one that just failed included
     * @return empty when it is time to give up
     */
    public static Optional<Instant> next(int attempts, Instant firstTry, Instant now) {
        if (now.isAfter(firstTry.plus(GIVE_UP))) {
            return Optional.empty();
        }
        var pause = attempts <= PAUSES.size() ? PAUSES.get(attempts - 1) : LATER;
        return Optional.of(now.plus(pause));
    }
}
