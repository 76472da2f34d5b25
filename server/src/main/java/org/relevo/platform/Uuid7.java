package org.relevo.platform;

import java.security.SecureRandom;
import java.util.UUID;

/** Time-ordered ids (RFC 9562, version 7): 48 bits of milliseconds, then random bits. Not secrets. */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {}

    /** A new id, born at {@code millis} since the epoch. */
    public static UUID at(long millis) {
        var high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        var low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** A new id, born now. */
    public static UUID next() {
        return at(System.currentTimeMillis());
    }
}
