package org.relevo.channels.email.receiving;

import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** What all readers together hold in memory. Whoever wants more than is left waits, in the order of asking. */
@Component
class ReadingBudget {

    private static final int UNIT = 1024;

    private final int all;
    private final Semaphore left;

    ReadingBudget(MailLimits limits) {
        all = Math.toIntExact(Math.max(1, limits.inMemory().toBytes() / UNIT));
        left = new Semaphore(all, true);
    }

    /** A part of the budget; closing gives it back. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes {@code bytes}, or everything if that is less. */
    Share take(long bytes) {
        var units = (int) Math.clamp(bytes / UNIT + 1, 1, all);
        left.acquireUninterruptibly(units);
        return () -> left.release(units);
    }
}
