package org.relevo.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relevo.platform.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises a real PostgreSQL in the data folder: checksums, scram, fsync on, loopback only. Survives kill -9 of either
 * process: an orphan of an earlier run is stopped before the start, and PostgreSQL recovers by itself.
 */
final class EmbeddedPostgres implements AutoCloseable {

    static final String OWNER = "relevo_owner";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Path folder;
    private final Path data;
    private final Path log;
    private final List<String> prefix;
    private final PostgresBinaries binaries;
    private final Duration startLimit;
    private final int port;
    private Thread watch = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean closed;

    private EmbeddedPostgres(Path folder, PostgresBinaries binaries, Duration startLimit) {
        this.folder = folder;
        this.data = folder.resolve("cluster");
        this.log = folder.resolve("postgres.log");
        this.binaries = binaries;
        this.startLimit = startLimit;
        this.prefix = UnprivilegedUser.prefix(folder, binaries.home());
        this.port = freePort();
    }

    /**
     * Starts the server of {@code folder}, creating it the first time.
     *
     * @param folder belongs to this server alone; whoever calls holds the lock of the data folder
     * @throws StartFailure if it does not accept connections within {@code startLimit}
     */
    static EmbeddedPostgres start(Path folder, PostgresBinaries binaries, String ownerPassword, Duration startLimit) {
        try {
            Files.createDirectories(folder);
            var server = new EmbeddedPostgres(folder, binaries, startLimit);
            if (!Files.exists(server.data.resolve("PG_VERSION"))) {
                server.create(ownerPassword);
            }
            server.stopOrphan();
            server.launch();
            server.watch = Thread.ofVirtual().name("database-watch").start(server::bringBack);
            return server;
        } catch (IOException e) {
            throw new StartFailure("The database folder " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A server that died while we live is started again where it was; PostgreSQL recovers what was committed. */
    private void bringBack() {
        while (!closed && rest()) {
            try {
                if (!closed && !alive()) {
                    LOG.warn("The database server ended by itself; starting it again");
                    launch();
                }
            } catch (IOException | StartFailure e) {
                LOG.error("The database server could not be started again; trying on", e);
            }
        }
    }

    private boolean alive() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        return Files.exists(pidFile) && process(pidFile).isPresent();
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        var lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    private static boolean rest() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    private void stop() {
        run(Duration.ofSeconds(30), program("pg_ctl"), "stop", "-D", data.toString(), "-m", "fast", "-w");
    }

    private void create(String ownerPassword) throws IOException {
        var passwordFile = folder.resolve("initial-password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Files.writeString(passwordFile, ownerPassword);
        try {
            var made = run(
                    Duration.ofMinutes(2),
                    program("initdb"),
                    "-D",
                    data.toString(),
                    "-U",
                    OWNER,
                    "--pwfile=" + passwordFile,
                    "-A",
                    "scram-sha-256",
                    "--data-checksums",
                    "-E",
                    "UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
            if (made.code() != 0) {
                throw new StartFailure("The embedded database could not be created: " + made.lastLine());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** After kill -9 of an earlier run its server lives on, with the old port: we want our own. */
    private void stopOrphan() throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        if (process(pidFile).isPresent()) {
            LOG.info("Stopping the database server that an earlier run left behind");
            stop();
        }
    }

    private void launch() {
        var options = String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c fsync=on",
                "-c full_page_writes=on",
                "-c shared_buffers=512MB",
                "-c effective_cache_size=2GB",
                "-c jit=off",
                "-c max_wal_size=2GB",
                "-c wal_compression=on",
                "-c random_page_cost=1.1",
                "-c max_connections=60",
                "-c log_min_messages=warning",
                "-c timezone=UTC");
        var deadline = System.nanoTime() + startLimit.toNanos();
        Outcome outcome;
        do {
            outcome = run(
                    startLimit,
                    program("pg_ctl"),
                    "start",
                    "-D",
                    data.toString(),
                    "-l",
                    log.toString(),
                    "-w",
                    "-t",
                    String.valueOf(startLimit.toSeconds()),
                    "-o",
                    options);
            if (outcome.code() == 0) {
                return;
            }
            pause(); // a killed parent may still be a zombie that holds postmaster.pid for a moment
        } while (System.nanoTime() < deadline);
        throw new StartFailure("The embedded database did not start (" + outcome.lastLine() + "); see " + log + ".");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", e);
        }
    }

    private String program(String name) {
        return binaries.home().resolve("bin").resolve(name).toString();
    }

    private record Outcome(int code, String output) {
        String lastLine() {
            var lines = output.strip().lines().toList();
            return lines.isEmpty() ? "no message" : lines.getLast();
        }
    }

    private Outcome run(Duration limit, String... command) {
        var line = new ArrayList<>(prefix);
        line.addAll(List.of(command));
        try {
            var output = Files.createTempFile("relevo-postgres", ".out");
            try {
                var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.directory(folder.toFile());
                builder.environment().remove("LD_LIBRARY_PATH");
                var process = builder.start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return new Outcome(-1, command[0] + " took longer than " + limit.toSeconds() + " s");
                }
                return new Outcome(process.exitValue(), Files.readString(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("No free port on this machine for the database.", e);
        }
    }
}
