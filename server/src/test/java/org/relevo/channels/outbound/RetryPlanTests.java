package org.relevo.channels.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTests {

    private static final Instant FIRST = Instant.parse("2026-03-27T17:30:00Z");

    @ParameterizedTest(name = "after {0} tries: {1}")
    @CsvSource({
        "1, PT10S",
        "2, PT30S",
        "3, PT1M",
        "4, PT5M",
        "5, PT15M",
        "6, PT1H",
        "7, PT4H",
        "8, PT4H",
        "20, PT4H",
        "1000, PT4H"
    })
    void triesSoonAtFirstAndEveryFourHoursInTheEnd(int tries, Duration pause) {
        var now = FIRST.plus(Duration.ofHours(1));

        assertThat(RetryPlan.next(tries, FIRST, now)).hasValue(now.plus(pause));
    }

    @Test
    void givesUpAfterThreeDays() {
        var threeDays = FIRST.plus(Duration.ofDays(3));

        assertThat(RetryPlan.next(25, FIRST, threeDays)).isPresent();
        assertThat(RetryPlan.next(25, FIRST, threeDays.plusMillis(1))).isEmpty();
    }
}
