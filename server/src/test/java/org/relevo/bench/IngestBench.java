package org.relevo.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.support.Api;
import org.relevo.support.Post;
import org.relevo.support.ServerProcess;
import org.relevo.support.TestShops;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many mails a second RELEVO takes in. The mails wait at the mail server before RELEVO reads; what is measured begins
 * with the first fetch and ends when the last mail stands in its ticket. A smaller mailbox is read before, to warm up.
 */
final class IngestBench {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FIGURE = 300;

    private IngestBench() {}

    static boolean run(Bench.Options options) throws Exception {
        var mails = options.number("mails", 3_000);
        var warmUp = options.number("warm-up", 900);
        var orders = options.number("orders", 10_000);
        var folder = Folders.fresh("ingest");
        try (var office = PostOffice.open(folder.resolve("mail"), 0, 0, _ -> TestShops.PASSWORD)) {
            deliver(office, "warm@shop.example", warmUp, orders);
            deliver(office, "hello@shop.example", mails, orders);
            return measure(folder.resolve("data"), office, mails, warmUp, orders);
        }
    }

    private static boolean measure(Path data, PostOffice office, int mails, int warmUp, int orders) throws Exception {
        try (var server = ServerProcess.start(data);
                var database = database(server)) {
            var api = server.firstRun(JSON);
            push(api, orders);
            var cold = read(api, office, database, "warm@shop.example", warmUp);
            System.out.printf("cold: %d mails in %.1f s, %.0f a second%n", warmUp, cold, warmUp / cold);
            var seconds = read(api, office, database, "hello@shop.example", mails);
            var rate = mails / seconds;
            System.out.printf(
                    "%d mails in %.1f s: %.0f a second (figure: %d, ratio %.2f)%n",
                    mails, seconds, rate, FIGURE, rate / FIGURE);
            return complete(database, mails + warmUp);
        }
    }

    private static void deliver(PostOffice office, String to, int mails, int orders) throws Exception {
        office.createAccount(to, TestShops.PASSWORD);
        var post = new Post(office);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var sent = new ArrayList<Future<?>>();
            for (int number = 0; number < mails; number++) {
                var mail = Letters.mail(number, to, to.substring(0, to.indexOf('@')), orders);
                sent.add(threads.submit(() -> post.send(mail, to)));
            }
            for (var one : sent) {
                one.get();
            }
        }
    }

    private static void push(Api api, int orders) {
        var shop = api.post("/shops", Map.of("kind", "generic", "name", "Shop", "url", "https://shop.example"))
                .ok()
                .path("id")
                .asString();
        var documents = new ArrayList<Map<String, Object>>();
        for (int number = 0; number < orders; number++) {
            documents.add(Map.of(
                    "number", "AU-" + (20_000 + number),
                    "placedAt", "2026-11-20T10:15:00+01:00",
                    "status", "shipped",
                    "currency", "EUR",
                    "total", "64.90",
                    "customer", Map.of("name", "Customer " + number, "email", Letters.customer(number)),
                    "lines", List.of(Map.of("name", "Lamp", "quantity", 1, "total", "64.90"))));
        }
        var report = api.put("/shops/" + shop + "/orders", Map.of("orders", documents))
                .ok();
        if (!report.path("imported").asBoolean()) {
            throw new IllegalStateException("The orders were not taken: " + report);
        }
    }

    /** Seconds from the first fetch to the last mail in its ticket. */
    private static double read(Api api, PostOffice office, Connection database, String address, int mails)
            throws SQLException, InterruptedException {
        var server = Map.of("host", "127.0.0.1", "port", office.imapPort(), "security", "none");
        var sender = Map.of("host", "127.0.0.1", "port", office.smtpPort(), "security", "none");
        var mailbox = Map.of(
                "address",
                address,
                "name",
                "Shop",
                "imap",
                server,
                "smtp",
                sender,
                "password",
                TestShops.PASSWORD,
                "historyDays",
                3650);
        var before = done(database);
        api.post("/mailboxes", mailbox).ok();
        var began = System.nanoTime();
        var patience = began + 600_000_000_000L;
        while (done(database) < before + mails) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException(
                        "Only " + (done(database) - before) + " of " + mails + " mails came through.");
            }
            Thread.sleep(20);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static int done(Connection database) throws SQLException {
        return number(database, "select count(*) from tickets.messages where kind = 'received'");
    }

    /** Every mail once, in a ticket of its thread, nothing waiting. */
    private static boolean complete(Connection database, int mails) throws SQLException {
        var stored = number(database, "select count(*) from channels.inbound where state = 'done'");
        var others = number(database, "select count(*) from channels.inbound where state <> 'done'");
        var tickets = number(database, "select count(*) from tickets.tickets");
        var linked = number(database, "select count(*) from tickets.tickets where order_id is not null");
        System.out.printf(
                "%d mails done, %d otherwise, %d tickets, %d with their order%n", stored, others, tickets, linked);
        return stored == mails && others == 0 && tickets == (mails + 2) / 3;
    }

    private static int number(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Connection database(ServerProcess server) throws SQLException {
        return server.connectAsOwner();
    }
}
