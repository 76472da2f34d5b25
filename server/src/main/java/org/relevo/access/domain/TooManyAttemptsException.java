package org.relevo.access.domain;

import java.time.Duration;
import org.relevo.platform.ProblemException;
import org.relevo.platform.web.RetryLater;

/** Somebody tried too often. */
public class TooManyAttemptsException extends ProblemException implements RetryLater {

    private final Duration retryAfter;

    TooManyAttemptsException(Duration retryAfter) {
        super("too-many-attempts", 429, String.valueOf(retryAfter.toSeconds()));
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
