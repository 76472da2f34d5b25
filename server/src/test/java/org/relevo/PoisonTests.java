package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relevo.support.PoisonRun;

/** Hostile and very large mails between good ones, within 512 MB ({@code bin/bench email --poison 1} measures it). */
@Tag("crash")
class PoisonTests {

    @Test
    void everyHostileMailIsShownAndDelaysNoGoodOneByMoreThanItsOwnTime() throws Exception {
        var outcome = PoisonRun.run(folder(), 1_000, PoisonRun.hostile());

        assertThat(outcome.kept()).as("%s", outcome).isTrue();
        assertThat(outcome.secondsBetween()).as("%s", outcome).isLessThan(2 * outcome.secondsAlone() + 10);
    }

    @Test
    void fourLargeMailsAtOnceFitIntoTheHeapAndDelayNoSmallOne() throws Exception {
        var outcome = PoisonRun.run(folder(), 100, PoisonRun.large(4, 40));

        assertThat(outcome.kept()).as("%s", outcome).isTrue();
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target/test-data")), "poison");
    }
}
