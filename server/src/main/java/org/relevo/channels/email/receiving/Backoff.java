package org.relevo.channels.email.receiving;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to rest after failures in a row: two seconds at first, five minutes at most, a fifth more or less each. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final double JITTER = 0.2;

    private Backoff() {}

    /** @param failures in a row, at least one */
    static Duration after(int failures, RandomGenerator random) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        var pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofMillis(Math.round(pause.toMillis() * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
