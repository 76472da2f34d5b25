package org.relevo.channels.email.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of a mailbox with its server. */
class SweepTests {

    @ParameterizedTest
    @CsvSource({"'', '', ''", "1 2 3, '', 1 2 3", "'', 1 2, ''", "1 3 5, 1 5, 3", "1 2 3, 2 9, 1 3", "7, 7, ''"})
    void whatIsListedAndNotStoredLacks(String listed, String stored, String lacking) {
        assertThat(Sweep.lacking(uids(listed), uids(stored))).containsExactly(uids(lacking));
    }

    @Test
    void whatWasDeletedAtTheServerCountsNowhere() {
        assertThat(Sweep.count(uids("2 3"), uids("1 2"), uids("1"))).isEqualTo(new Sweep.Counts(2, 1, 0));
    }

    private static long[] uids(String text) {
        return text.isEmpty()
                ? new long[0]
                : Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
