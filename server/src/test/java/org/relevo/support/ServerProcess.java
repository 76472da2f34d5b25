package org.relevo.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.relevo.platform.KeyRing;
import tools.jackson.databind.json.JsonMapper;

/** A RELEVO in a process of its own, on a data folder of its own, with the options of {@code bin/run}. It may be killed. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED");

    private final Path data;
    private final int port;
    private final Process process;

    private ServerProcess(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /** Starts the process and does not wait for it. What it prints is appended to {@code server.log} in the folder. */
    public static ServerProcess launch(Path data, int port, String... properties) {
        var command = new ArrayList<>(JAVA);
        command.addAll(
                List.of(System.getProperty("relevo.bench.java-options", "").split(" +")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.relevo.Relevo"));
        command.add("--server.port=" + port);
        command.add("--relevo.data=" + data.toAbsolutePath());
        command.add("--relevo.database.binaries=" + Path.of("target/postgres").toAbsolutePath());
        command.addAll(List.of(properties));
        try {
            Files.createDirectories(data);
            var log = data.resolve("server.log").toFile();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            return new ServerProcess(data, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the process and waits until it is ready. */
    public static ServerProcess start(Path data, String... properties) {
        return launch(data, Installation.freePort(), properties).whenReady();
    }

    /** @throws IllegalStateException if it ends or does not get ready */
    public ServerProcess whenReady() {
        var deadline = System.nanoTime() + START.toNanos();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("RELEVO did not get ready; see " + data.resolve("server.log"));
            }
            rest(Duration.ofMillis(50));
        }
        return this;
    }

    private boolean ready() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + "/readyz")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Goes through the first run, as the wizard does; the API with a new token of that shop. */
    public Api firstRun(JsonMapper json) {
        var code = KeyRing.open(data.resolve("keys")).password("setup-code").substring(0, 16);
        var owner = new Api(url(), json);
        owner.get("/session");
        var founding = Map.of(
                "code", code,
                "workspaceName", "Shop",
                "name", "Olga Owner",
                "email", "owner@shop.example",
                "password", TestShops.PASSWORD,
                "locale", "en",
                "timeZone", "Europe/Madrid");
        owner.post("/setup", founding).ok();
        owner.get("/session");
        owner.post("/setup/finished", Map.of()).ok();
        var token = owner.post("/tokens", Map.of("name", "program"))
                .ok()
                .path("secret")
                .asString();
        return new Api(url(), json).withToken(token);
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process as a power cut would; its database lives on, as an orphan. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The database server of the folder, if it runs. */
    public Optional<ProcessHandle> database() {
        return databaseOf(data);
    }

    /** The database server of a data folder, if it runs. */
    public static Optional<ProcessHandle> databaseOf(Path data) {
        try {
            var lines = Files.readAllLines(data.resolve("database/cluster/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** A connection as the owner of the tables, whom no wall holds. */
    public Connection connectAsOwner() throws SQLException {
        return connectAsOwner(data);
    }

    /** Likewise, to the embedded database of any data folder. */
    public static Connection connectAsOwner(Path data) throws SQLException {
        try {
            var lines = Files.readAllLines(data.resolve("database/cluster/postmaster.pid"));
            if (lines.size() < 4) {
                throw new SQLException("The database is only starting.");
            }
            var at = lines.get(3);
            var password = KeyRing.open(data.resolve("keys")).password("database-owner");
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + at.strip() + "/postgres", "relevo_owner", password);
        } catch (IOException e) {
            throw new SQLException("The database does not run.", e);
        }
    }

    /** Megabytes that the JVM holds in memory, as the system counts them. */
    public long residentMegabytes() {
        return residentMegabytes(process.toHandle());
    }

    /** Megabytes that a process holds in memory, as the system counts them. */
    public static long residentMegabytes(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
