package org.relevo.platform;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered ids (RFC 9562, version 7): 48 bits of milliseconds, 12 bits that count within one (section 6.2, method 1),
 * then random bits. Ids of one process ascend strictly, so that entries of the same instant keep their order. Not secrets.
 */
public final class Uuid7 {

    private static final int COUNT_BITS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong LAST = new AtomicLong();

    private Uuid7() {}

    /** A new id, born now; greater than every one before. */
    public static UUID next() {
        var tick = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() << COUNT_BITS));
        var count = tick & ((1L << COUNT_BITS) - 1);
        var high = ((tick >>> COUNT_BITS) << 16) | 0x7000L | count;
        var low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
