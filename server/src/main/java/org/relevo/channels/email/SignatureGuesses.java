package org.relevo.channels.email;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relevo.platform.Workspace;
import org.springframework.stereotype.Component;

/**
 * Stops whoever guesses signed addresses: after more than twenty wrong signatures from one sender in an hour, none of theirs
 * is tried for an hour. Their mails come in as before. Kept in memory, for the ten thousand senders who were wrong last: the
 * wall is the signature, this only keeps its rattling short.
 */
@Component
class SignatureGuesses {

    private static final int REMEMBERED = 10_000;
    private static final int ALLOWED = 20;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Guesses> senders = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignatureGuesses(Clock clock) {
        this.clock = clock;
    }

    /** Whether a signature from {@code sender} is looked at. */
    synchronized boolean mayTry(String sender) {
        var guesses = senders.get(key(sender));
        return guesses == null || !clock.instant().isBefore(guesses.stoppedUntil);
    }

    /** Counts a signature of {@code sender} that was wrong. */
    synchronized void wrong(String sender) {
        senders.computeIfAbsent(key(sender), _ -> new Guesses()).count(clock.instant());
    }

    private static String key(String sender) {
        return Workspace.required() + " " + sender;
    }

    private static final class Guesses {
        private final Deque<Instant> wrong = new ArrayDeque<>();
        private Instant stoppedUntil = Instant.MIN;

        void count(Instant now) {
            while (!wrong.isEmpty() && !wrong.getFirst().plus(HOUR).isAfter(now)) {
                wrong.removeFirst();
            }
            wrong.addLast(now);
            if (wrong.size() > ALLOWED) {
                wrong.clear();
                stoppedUntil = now.plus(HOUR);
            }
        }
    }
}
