package org.relevo.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Takes the database or the disk away from a RELEVO while mails arrive at its Dovecot, gives it back, and counts. */
public final class FaultRun implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ADDRESS = "hello@shop.example";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int FILE = 20_000;
    private static final int DISK_MEGABYTES = 32;

    /**
     * What came of it.
     *
     * @param delivered what the mail server took
     * @param stored what is acknowledged: an item of the inbound store
     * @param shown messages, each mail counted as often as it is there
     * @param doubled mails that are there more than once
     */
    public record Outcome(int delivered, int stored, int shown, int doubled, int waiting) {
        public boolean kept() {
            return stored == delivered && shown == delivered && doubled == 0 && waiting == 0;
        }
    }

    private final Path data;
    private final Dovecot dovecot;
    private final ServerProcess server;
    private final Api api;
    private final boolean smallDisk;
    private int delivered;

    private FaultRun(Path data, boolean smallDisk) {
        this.data = data;
        this.smallDisk = smallDisk;
        this.dovecot = Dovecot.start();
        this.server = ServerProcess.start(data);
        this.api = server.firstRun(JSON);
        connect();
    }

    /** @param data a folder that does not exist */
    public static FaultRun begin(Path data) {
        return new FaultRun(data, false);
    }

    /** Likewise, with a real disk of 32 MB for what arrives; only an administrator of the machine can make one. */
    public static FaultRun withSmallDisk(Path data) throws IOException {
        var blobs = Files.createDirectories(data.resolve("blobs"));
        assumeTrue(
                does("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", blobs.toString()),
                "Needs the right to mount a small disk.");
        return new FaultRun(data, true);
    }

    private void connect() {
        var imap = Map.of("host", "127.0.0.1", "port", dovecot.port(), "security", "none");
        var smtp = Map.of("host", "127.0.0.1", "port", Installation.freePort(), "security", "none");
        var mailbox =
                new HashMap<String, Object>(Map.of("address", ADDRESS, "name", "Shop", "imap", imap, "smtp", smtp));
        mailbox.putAll(Map.of("password", Dovecot.password(), "historyDays", 3650));
        api.post("/mailboxes", mailbox).ok();
    }

    /** Lets so many mails arrive, each with a file. */
    public void deliver(int mails) {
        for (int number = 0; number < mails; number++) {
            var file = new byte[FILE];
            new Random(delivered).nextBytes(file);
            var mail = """
                    From: ana%1$d@mail.example\r
                    Subject: Question %1$d\r
                    Message-ID: <%1$d@mail.example>\r
                    Content-Type: multipart/mixed; boundary=mix\r
                    \r
                    --mix\r
                    Content-Type: text/plain\r
                    \r
                    mark-%1$d-\r
                    --mix\r
                    Content-Type: image/jpeg\r
                    Content-Disposition: attachment; filename=photo.jpg\r
                    Content-Transfer-Encoding: base64\r
                    \r
                    %2$s\r
                    --mix--\r
                    """.formatted(delivered, Base64.getMimeEncoder().encodeToString(file));
            dovecot.deliver(ADDRESS, null, mail.getBytes(UTF_8));
            delivered++;
        }
    }

    /** Halts every process of the database; connections stay open and say nothing. */
    public void haltDatabase() {
        signalDatabase("-STOP");
    }

    public void resumeDatabase() {
        signalDatabase("-CONT");
    }

    private void signalDatabase(String signal) {
        var master = server.database().orElseThrow();
        Stream.concat(Stream.of(master), master.descendants())
                .forEach(process -> does("kill", signal, String.valueOf(process.pid())));
    }

    public void killDatabase() {
        server.database().orElseThrow().destroyForcibly();
    }

    /** Leaves no room on the disk of what arrives. */
    public void fillDisk() throws IOException {
        try (var filler = Files.newOutputStream(data.resolve("blobs/filler"))) {
            while (true) {
                filler.write(new byte[4096]);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    public void freeDisk() throws IOException {
        Files.delete(data.resolve("blobs/filler"));
    }

    /** What the health of the mailbox names, empty when nothing is wrong. */
    public String problem() {
        var id = api.get("/mailboxes").ok().path("items").get(0).path("id").asString();
        var health = api.get("/mailboxes/" + id + "/health").ok();
        return health.path("problem").isNull() ? "" : health.path("problem").asString();
    }

    /** Waits until everything that was delivered is a message, or for as long as is reasonable. */
    public Outcome settle() throws InterruptedException, SQLException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (count().kept()) {
                    break;
                }
            } catch (SQLException _) {
                Thread.sleep(300); // the database is being brought back
            }
            Thread.sleep(200);
        }
        return count();
    }

    private Outcome count() throws SQLException {
        var shown = texts("select substring(text from 'mark-[0-9]+-') from tickets.messages where kind = 'received'");
        return new Outcome(
                delivered,
                Integer.parseInt(texts("select count(*) from channels.inbound").getFirst()),
                shown.size(),
                shown.size() - (int) shown.stream().distinct().count(),
                Integer.parseInt(texts("select count(*) from channels.inbound where state not in ('done', 'duplicate')")
                        .getFirst()));
    }

    private List<String> texts(String sql) throws SQLException {
        try (var database = server.connectAsOwner();
                var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    private static boolean does(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        dovecot.close();
        if (smallDisk) {
            does("umount", data.resolve("blobs").toString());
        }
    }
}
