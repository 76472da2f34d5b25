package org.relevo.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.relevo.support.Api;
import org.relevo.support.Installation;
import org.relevo.support.ServerProcess;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long {@code bin/run} takes until the inbox of the demonstration answers, and how much memory the JVM then holds. What
 * needs doing once (building, unpacking the database, telling the story) is done before.
 */
final class StartBench {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Start(double ready, double inbox, long atOnce, long later) {}

    private StartBench() {}

    static boolean run(Bench.Options options) throws IOException, InterruptedException {
        var data = Folders.kept("start");
        once(data);
        var starts = new ArrayList<Start>();
        for (int run = 1; run <= options.number("runs", 5); run++) {
            var start = once(data);
            System.out.printf(
                    "run %d: ready %.1f s, inbox %.1f s, %d MB, 10 s later %d MB%n",
                    run, start.ready(), start.inbox(), start.atOnce(), start.later());
            starts.add(start);
        }
        System.out.printf(
                "median: ready %.1f s, inbox %.1f s (figure: 10), memory %d MB, 10 s later %d MB (figure: 500)%n",
                median(starts.stream().map(Start::ready).toList()),
                median(starts.stream().map(Start::inbox).toList()),
                median(starts.stream().map(Start::atOnce).toList()),
                median(starts.stream().map(Start::later).toList()));
        return true;
    }

    private static <T extends Comparable<T>> T median(List<T> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Start once(Path data) throws IOException, InterruptedException {
        var port = Installation.freePort();
        Files.deleteIfExists(data.resolve("run.json"));
        var began = System.nanoTime();
        var process = new ProcessBuilder("../bin/run", "--port", String.valueOf(port), "--data", data.toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolve("server.log").toFile()))
                .start();
        try {
            var api = new Api("http://localhost:" + port, JSON);
            while (!answers(api, "http://localhost:" + port + "/readyz")) {
                pause(process);
            }
            var ready = System.nanoTime();
            while (!Files.exists(data.resolve("run.json"))) {
                pause(process);
            }
            api.withToken(JSON.readTree(data.resolve("run.json").toFile())
                    .path("token")
                    .asString());
            while (!answers(api, "/tickets?view=open")) {
                pause(process);
            }
            var inbox = System.nanoTime();
            var atOnce = ServerProcess.residentMegabytes(process.toHandle());
            Thread.sleep(Duration.ofSeconds(10));
            var later = ServerProcess.residentMegabytes(process.toHandle());
            return new Start((ready - began) / 1e9, (inbox - began) / 1e9, atOnce, later);
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static boolean answers(Api api, String path) {
        try {
            return api.get(path).status() == 200;
        } catch (java.io.UncheckedIOException _) {
            return false;
        }
    }

    private static void pause(Process process) throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("bin/run ended; see server.log in its data folder");
        }
        Thread.sleep(25);
    }
}
