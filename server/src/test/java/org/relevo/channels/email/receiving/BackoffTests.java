package org.relevo.channels.email.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a mailbox that fails is left alone. */
class BackoffTests {

    @ParameterizedTest(name = "after {0} failures {1} to {2}")
    @CsvSource({"1, PT1.6S, PT2.4S", "2, PT3.2S, PT4.8S", "8, PT204.8S, PT307.2S", "9, PT4M, PT6M", "500, PT4M, PT6M"})
    void everyFailureDoublesTheRestUpToAboutFiveMinutes(int failures, Duration shortest, Duration longest) {
        for (int times = 0; times < 100; times++) {
            assertThat(Backoff.after(failures, RandomGenerator.getDefault())).isBetween(shortest, longest);
        }
    }
}
