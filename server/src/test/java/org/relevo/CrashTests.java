package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relevo.support.CrashRun;
import org.relevo.support.FaultRun;

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

    @Test
    void whatArrivesWhileTheDatabaseIsHaltedAndKilledIsThereOnce() throws Exception {
        try (var run = FaultRun.begin(folder())) {
            run.deliver(40);
            run.haltDatabase();
            run.deliver(40);
            Thread.sleep(5_000); // a halted database: that is the test
            run.resumeDatabase();
            run.deliver(20);
            run.killDatabase();
            run.deliver(20);

            var outcome = run.settle();

            assertThat(outcome.kept()).as("%s", outcome).isTrue();
        }
    }

    @Test
    void whatArrivesWhileTheDiskIsFullWaitsAtItsServerAndIsThereOnce() throws Exception {
        try (var run = FaultRun.withSmallDisk(folder())) {
            run.deliver(20);
            run.fillDisk();
            run.deliver(40);
            await().atMost(Duration.ofSeconds(20)).until(() -> run.problem().contains("cannot be written to the disk"));
            run.freeDisk();
            run.deliver(20);

            var outcome = run.settle();

            assertThat(outcome.kept()).as("%s", outcome).isTrue();
        }
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target/test-data")), "fault")
                .resolve("data");
    }
}
