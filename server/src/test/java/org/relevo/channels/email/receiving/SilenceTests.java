package org.relevo.channels.email.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a mailbox is quieter than it should be. */
class SilenceTests {

    private static final Instant LAST = Instant.parse("2026-11-20T09:00:00Z");

    @ParameterizedTest(name = "{0} mails, the last {2} after {1}: silent {3}")
    @CsvSource({
        "100, PT1H,  PT23H,  false",
        "100, PT1H,  PT24H,  false",
        "100, PT1H,  PT25H,  true",
        "21,  PT24H, PT71H,  false",
        "21,  PT24H, PT73H,  true",
        "9,   PT24H, PT900H, false",
        "10,  PT24H, PT900H, true"
    })
    void threeUsualGapsAndADayAtLeastAreSilence(long mails, Duration gap, Duration since, boolean silent) {
        var silence = new Silence(LAST.minus(gap.multipliedBy(mails - 1)), LAST, mails);

        assertThat(silence.since(LAST.plus(since)).isPresent()).isEqualTo(silent);
    }
}
