package org.relevo.access.domain;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing: ten tries in five minutes for one address, thirty for one network address, which a whole office may share. Keys never come from a
 * header. Kept in memory: a restart forgets it, Argon2 still makes each guess dear.
 */
@Component
public class AttemptLimit {

    private static final int REMEMBERED = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int PER_ADDRESS = 10;
    private static final int PER_NETWORK = 30;

    private final Map<String, Bucket> buckets = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * Counts one try.
     *
     * @throws TooManyAttemptsException if there were too many
     */
    public void count(String address, String network) {
        take("a " + address, PER_ADDRESS);
        take("n " + network, PER_NETWORK);
    }

    /** A try that succeeded was no guess: it clears the count of its address and does not count for its network. */
    public void succeeded(String address, String network) {
        buckets.remove("a " + address);
        var shared = buckets.get("n " + network);
        if (shared != null) {
            shared.addTokens(1);
        }
    }

    private void take(String key, int tries) {
        var bucket = buckets.computeIfAbsent(
                key,
                _ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, WINDOW))
                        .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new TooManyAttemptsException(
                    Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
        }
    }
}
