package org.relevo.channels.email.receiving;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells when a mailbox is quieter than it should be: no mail for three times its usual gap, and for a day at least. A mailbox
 * that gets a mail now and then has no usual gap.
 *
 * @param first the first mail of the thirty days before {@code last}
 * @param last the last mail
 * @param mails how many came from the first to the last
 */
record Silence(Instant first, Instant last, long mails) {

    /** The days before the last mail that make the usual gap. */
    static final Duration WINDOW = Duration.ofDays(30);

    private static final int FEWEST = 10;
    private static final int TIMES = 3;
    private static final Duration SHORTEST = Duration.ofDays(1);

    /** The mean time between two mails. */
    Optional<Duration> usualGap() {
        return mails < FEWEST
                ? Optional.empty()
                : Optional.of(Duration.between(first, last).dividedBy(mails - 1));
    }

    /** Since when it is silent, if that is longer than usual by {@code now}. */
    Optional<Instant> since(Instant now) {
        return usualGap()
                .map(gap -> gap.multipliedBy(TIMES))
                .map(limit -> limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit)
                .filter(limit -> last.plus(limit).isBefore(now))
                .map(_ -> last);
    }
}
