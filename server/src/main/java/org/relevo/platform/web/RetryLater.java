package org.relevo.platform.web;

import java.time.Duration;

/** A problem that time solves; the answer says how much of it. */
public interface RetryLater {

    Duration retryAfter();
}
