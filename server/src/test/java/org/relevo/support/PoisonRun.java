package org.relevo.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a RELEVO of 512 MB read a mailbox of a real Dovecot in which poison lies between good mails, and measures when the
 * last good mail is a message: without the poison, then with it.
 */
public final class PoisonRun {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int WARM_UP = 300;
    private static final int BASE64_LINE = 76;

    /**
     * What came of it.
     *
     * @param secondsAlone until the last good mail was a message, with nothing between them
     * @param secondsBetween likewise, with the poison between them
     * @param secondsAll until the last of the poison was at its end, too
     * @param unseen arrivals that are neither a message nor quarantined
     * @param megabytes what the process held in memory at its end
     */
    public record Outcome(
            int good,
            int goodShown,
            int poison,
            int poisonShown,
            double secondsAlone,
            double secondsBetween,
            double secondsAll,
            int unseen,
            boolean alive,
            boolean outOfMemory,
            long megabytes) {

        public boolean kept() {
            return goodShown == good && poisonShown == poison && unseen == 0 && alive && !outOfMemory;
        }

        /** How much later the last good mail came for the poison. */
        public double ratio() {
            return secondsBetween / secondsAlone;
        }
    }

    private final Path data;
    private final Dovecot dovecot;
    private final ServerProcess server;
    private final Api api;

    private PoisonRun(Path data, Dovecot dovecot, ServerProcess server) {
        this.data = data;
        this.dovecot = dovecot;
        this.server = server;
        this.api = server.firstRun(JSON);
    }

    /** Every hostile mail and every bomb that is a mail. */
    public static List<byte[]> hostile() {
        try (var files = Files.walk(SharedData.at("security/own"))) {
            return files.filter(file -> file.toString().matches(".*\\.eml(\\.gz)?"))
                    .sorted()
                    .map(SharedData::bytes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mails with an attachment of so many megabytes, which are a third more in a mail. */
    public static List<byte[]> large(int mails, int megabytes) {
        var large = new ArrayList<byte[]>();
        for (int number = 0; number < mails; number++) {
            var content = new byte[megabytes * 1024 * 1024];
            new Random(number).nextBytes(content);
            var head = """
                    From: big%1$d@mail.example\r
                    Subject: Large %1$d\r
                    Message-ID: <large%1$d@mail.example>\r
                    MIME-Version: 1.0\r
                    Content-Type: multipart/mixed; boundary=mix\r
                    \r
                    --mix\r
                    Content-Type: text/plain\r
                    \r
                    Here is the film of the broken lamp.\r
                    --mix\r
                    Content-Type: video/mp4\r
                    Content-Disposition: attachment; filename="lamp.mp4"\r
                    Content-Transfer-Encoding: base64\r
                    \r
                    """.formatted(number);
            var lines = Base64.getMimeEncoder(BASE64_LINE, "\r\n".getBytes(ISO_8859_1))
                    .encodeToString(content);
            large.add((head + lines + "\r\n--mix--\r\n").getBytes(ISO_8859_1));
        }
        return large;
    }

    /**
     * @param folder empty
     * @param good how many good mails, each time
     * @param poison lies evenly between them
     */
    public static Outcome run(Path folder, int good, List<byte[]> poison) throws SQLException, InterruptedException {
        var data = folder.resolve("data");
        try (var dovecot = Dovecot.start();
                var server = ServerProcess.start(data)) {
            return new PoisonRun(data, dovecot, server).run(good, poison);
        }
    }

    private Outcome run(int good, List<byte[]> poison) throws SQLException, InterruptedException {
        read("warm", WARM_UP, List.of());
        var alone = read("alone", good, List.of());
        var between = read("between", good, poison);
        var all = secondsUntil(between.began(), () -> ended("between") >= poison.size() + good);
        return new Outcome(
                good,
                shown("between"),
                poison.size(),
                ended("between") - shown("between"),
                alone.seconds(),
                between.seconds(),
                all,
                number("select count(*) from channels.inbound where state in ('received', 'failed')"),
                server.isAlive(),
                outOfMemory(),
                server.residentMegabytes());
    }

    private record Read(long began, double seconds) {}

    private Read read(String name, int good, List<byte[]> poison) throws SQLException, InterruptedException {
        var address = name + "@shop.example";
        fill(address, name, good, poison);
        connect(address);
        var began = System.nanoTime();
        return new Read(began, secondsUntil(began, () -> shown(name) >= good));
    }

    private void fill(String address, String name, int good, List<byte[]> poison) {
        int laid = 0;
        for (int number = 0; number < good; number++) {
            while (laid < poison.size() && (long) laid * good <= (long) number * poison.size()) {
                dovecot.deliver(address, null, poison.get(laid++));
            }
            dovecot.deliver(address, null, good(name, number));
        }
    }

    private static byte[] good(String name, int number) {
        return """
                From: Customer %1$d <good%1$d@%2$s.example>\r
                Subject: Where is my parcel? (%1$d)\r
                Message-ID: <%1$d@%2$s.example>\r
                Content-Type: text/plain; charset=utf-8\r
                \r
                good-%2$s-%1$d: it should have been here on Tuesday, and it is not.\r
                """.formatted(number, name).getBytes(UTF_8);
    }

    private void connect(String address) {
        var imap = Map.of("host", "127.0.0.1", "port", dovecot.port(), "security", "none");
        var smtp = Map.of("host", "127.0.0.1", "port", Installation.freePort(), "security", "none");
        var mailbox =
                new HashMap<String, Object>(Map.of("address", address, "name", "Shop", "imap", imap, "smtp", smtp));
        mailbox.putAll(Map.of("password", Dovecot.password(), "historyDays", 3650));
        api.post("/mailboxes", mailbox).ok();
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private double secondsUntil(long began, Condition end) throws SQLException, InterruptedException {
        while (!end.holds() && System.nanoTime() - began < PATIENCE.toNanos() && server.isAlive()) {
            Thread.sleep(20);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private int shown(String name) throws SQLException {
        return number(
                "select count(*) from tickets.messages where kind = 'received' and text like 'good-" + name + "-%'");
    }

    private int ended(String name) throws SQLException {
        return number("""
                select count(*) from channels.inbound where state in ('done', 'duplicate', 'quarantined')
                  and mailbox_id = (select id from channels.mailboxes where address = '%s@shop.example')
                """.formatted(name));
    }

    private int number(String sql) throws SQLException {
        try (var database = server.connectAsOwner();
                var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private boolean outOfMemory() {
        try (var lines = Files.lines(data.resolve("server.log"), ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("OutOfMemoryError"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
