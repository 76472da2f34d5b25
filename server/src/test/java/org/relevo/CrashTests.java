package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relevo.support.CrashRun;

/** Nothing accepted is lost or doubled when the process or its database dies ({@code bin/bench crash} does it for longer). */
@Tag("crash")
class CrashTests {

    @Test
    void whatWasAcceptedSurvivesKillsAndIsThereOnce() throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-data")), "crash");

        var outcome = CrashRun.run(folder, 2, 60, System.nanoTime());

        assertThat(outcome.kept()).as("%s", outcome).isTrue();
        assertThat(outcome.mails()).isEqualTo(60);
        assertThat(outcome.replies()).isPositive();
    }
}
