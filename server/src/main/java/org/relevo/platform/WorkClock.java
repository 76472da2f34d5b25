package org.relevo.platform;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the running work: now, unless the work tells what happened at another time (history, tests). */
public final class WorkClock extends Clock {

    private static final ScopedValue<Instant> PAST = ScopedValue.newInstance();

    private final Clock present = Clock.systemUTC();

    /** Runs {@code work} as of {@code then}. */
    public static <T, X extends Throwable> T at(Instant then, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(PAST, then).call(work);
    }

    @Override
    public Instant instant() {
        return PAST.isBound() ? PAST.get() : present.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : present.withZone(zone);
    }
}
