package org.relevo.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.support.Api;
import org.relevo.support.PoisonRun;
import org.relevo.support.Post;
import org.relevo.support.ServerProcess;
import org.relevo.support.SharedData;
import org.relevo.support.TestShops;
import tools.jackson.databind.json.JsonMapper;

/**
 * How quickly mail is read and how soon it is on a screen: megabytes a second through the reader, beside what the MIME
 * parser alone takes; mails a second from the mail server into tickets; and, at a steady stream, the time from the
 * mail server's 250 until a browser that hears of the ticket has its timeline with the mail in it. With {@code --poison 1}
 * only what hostile and large mails do to the good ones between which they lie.
 */
final class EmailBench {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FIGURE_MILLIS = 200;
    private static final String SHOP = "hello@shop.example";

    private EmailBench() {}

    static boolean run(Bench.Options options) throws Exception {
        if (options.number("poison", 0) > 0) {
            return poison(options.number("good", 1_000));
        }
        reading("letters of a shop", letters());
        var collected = SharedData.mails().stream()
                .filter(file -> !file.toString().endsWith(".gz"))
                .map(SharedData::bytes)
                .toList();
        reading("collected mails", collected);
        completeness(SharedData.mails().stream().map(SharedData::bytes).toList());
        return arrival(options.number("rate", 20), options.number("seconds", 60)) & IngestBench.run(options);
    }

    /** Hostile mails, then large ones, between good ones in a mailbox, read within 512 MB. */
    private static boolean poison(int good) throws Exception {
        return told("hostile mails", PoisonRun.run(Folders.fresh("poison"), good, PoisonRun.hostile()))
                & told("mails of 55 MB", PoisonRun.run(Folders.fresh("poison"), good, PoisonRun.large(4, 40)));
    }

    private static boolean told(String poison, PoisonRun.Outcome outcome) {
        System.out.printf(
                "%d %s between %d good ones: the last good one after %.1f s, without them after %.1f s (ratio %.2f),"
                        + " the last of them after %.1f s; %d and %d shown, %d unseen, %s%n",
                outcome.poison(),
                poison,
                outcome.good(),
                outcome.secondsBetween(),
                outcome.secondsAlone(),
                outcome.ratio(),
                outcome.secondsAll(),
                outcome.goodShown(),
                outcome.poisonShown(),
                outcome.unseen(),
                outcome.outOfMemory() ? "out of memory" : "within 512 MB of heap");
        return outcome.kept();
    }

    private static List<byte[]> letters() {
        var letters = new ArrayList<byte[]>();
        for (var number = 0; number < 3_000; number++) {
            letters.add(Letters.mail(number, SHOP, "hello", 10_000).getBytes(StandardCharsets.UTF_8));
        }
        return letters;
    }

    /** Both ways in turn, five times each after two to warm up; the best of each. */
    private static void reading(String what, List<byte[]> mails) {
        var bytes = mails.stream().mapToLong(mail -> mail.length).sum();
        var whole = Double.MAX_VALUE;
        var parserAlone = Double.MAX_VALUE;
        for (var round = 0; round < 7; round++) {
            var read = seconds(mails, mail -> ReadMail.of(mail, Set.of()));
            var parsed = seconds(mails, EmailBench::parse);
            if (round >= 2) {
                whole = Math.min(whole, read);
                parserAlone = Math.min(parserAlone, parsed);
            }
        }
        System.out.printf(
                "reading %s: %d mails, %.1f MB: %.1f MB/s, %.0f mails/s; the MIME parser alone %.1f MB/s (ratio %.2f)%n",
                what,
                mails.size(),
                bytes / 1e6,
                bytes / 1e6 / whole,
                mails.size() / whole,
                bytes / 1e6 / parserAlone,
                parserAlone / whole);
    }

    private interface Reading {
        Object of(byte[] mail);
    }

    private static double seconds(List<byte[]> mails, Reading reading) {
        var began = System.nanoTime();
        var sum = 0;
        for (var mail : mails) {
            sum += System.identityHashCode(reading.of(mail)) & 1;
        }
        return (System.nanoTime() - began + (sum < 0 ? 1 : 0)) / 1e9;
    }

    private static Object parse(byte[] mail) {
        try {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
            builder.setDecodeMonitor(DecodeMonitor.SILENT);
            return builder.parseMessage(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of the collected mails, bombs included, each way of reading loses, wholly or by half. */
    private static void completeness(List<byte[]> mails) {
        var failed = 0;
        var lost = 0;
        for (var mail : mails) {
            var ours = bytes(ReadMail.of(mail, Set.of()).mail());
            try {
                lost += bytes((Entity) parse(mail)) * 2 < ours ? 1 : 0;
            } catch (IOException | RuntimeException | StackOverflowError e) {
                failed++;
            }
        }
        System.out.printf(
                "reading %d collected mails whole: the MIME parser alone fails on %d and finds less than half of what is read in %d%n",
                mails.size(), failed, lost);
    }

    private static long bytes(ParsedMail mail) {
        return mail.text().length()
                + mail.parts().stream().mapToLong(part -> part.content().length).sum();
    }

    private static long bytes(Entity entity) throws IOException {
        return switch (entity.getBody()) {
            case Multipart parts -> {
                var sum = 0L;
                for (var part : parts.getBodyParts()) {
                    sum += bytes(part);
                }
                yield sum;
            }
            case SingleBody body -> body.getInputStream().readAllBytes().length;
            case Message inner -> bytes(inner);
            case null, default -> 0;
        };
    }

    private static boolean arrival(int rate, int seconds) throws Exception {
        var folder = Folders.fresh("email");
        try (var office = PostOffice.open(folder.resolve("mail"), 0, 0, _ -> TestShops.PASSWORD);
                var server = ServerProcess.start(folder.resolve("data"))) {
            office.createAccount(SHOP, TestShops.PASSWORD);
            connect(server.firstRun(JSON), office);
            return watch(server, new Post(office), rate, seconds);
        }
    }

    private static void connect(Api api, PostOffice office) {
        api.post(
                        "/mailboxes",
                        Map.of(
                                "address",
                                SHOP,
                                "name",
                                "Shop",
                                "imap",
                                Map.of("host", "127.0.0.1", "port", office.imapPort(), "security", "none"),
                                "smtp",
                                Map.of("host", "127.0.0.1", "port", office.smtpPort(), "security", "none"),
                                "password",
                                TestShops.PASSWORD,
                                "historyDays",
                                30))
                .ok();
    }

    /** One browser that fetches each ticket it hears of, as the desk does. */
    private static boolean watch(ServerProcess server, Post post, int rate, int seconds) throws Exception {
        var owner = new Api(server.url(), JSON).signedIn("owner@shop.example", TestShops.PASSWORD);
        var sent = new ConcurrentHashMap<String, Long>();
        var shown = new ConcurrentHashMap<String, Long>();
        var warmUp = rate * 10;
        var mails = warmUp + rate * seconds;
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var socket = client.newWebSocketBuilder()
                    .header("Cookie", owner.cookieHeader())
                    .header("Origin", server.url())
                    .buildAsync(
                            URI.create(server.url().replace("http", "ws") + "/api/v1/live"),
                            new Browser(ticket -> threads.execute(() -> show(owner, ticket, shown))))
                    .join();
            var began = System.nanoTime();
            for (var number = 0; number < mails; number++) {
                var at = began + number * 1_000_000_000L / rate;
                Thread.sleep(Math.max(0, (at - System.nanoTime()) / 1_000_000));
                var subject = "Steady " + number + ".";
                var mail = "From: c%d@mail.example\nSubject: %s\nMessage-ID: <s%d@mail.example>\n\nWhere is it?\n"
                        .formatted(number, subject, number);
                threads.execute(() -> {
                    post.send(mail, SHOP);
                    sent.put(subject, System.nanoTime());
                });
            }
            var patience = System.nanoTime() + 30_000_000_000L;
            while (shown.size() < mails && System.nanoTime() < patience) {
                Thread.sleep(50);
            }
            socket.abort();
        }
        var millis = sent.entrySet().stream()
                .filter(one -> Integer.parseInt(one.getKey().replaceAll("\\D", "")) >= warmUp)
                .mapToLong(one -> shown.getOrDefault(one.getKey(), Long.MAX_VALUE) - one.getValue())
                .map(nanos -> Math.max(0, nanos) / 1_000_000)
                .sorted()
                .toArray();
        System.out.printf(
                "arrival to screen at %d mails/s: %d of %d shown; p50 %d ms, p95 %d ms, p99 %d ms (figure: %d, ratio %.1f)%n",
                rate,
                shown.size(),
                mails,
                at(millis, 50),
                at(millis, 95),
                at(millis, 99),
                FIGURE_MILLIS,
                (double) FIGURE_MILLIS / Math.max(1, at(millis, 99)));
        return shown.size() == mails;
    }

    private static long at(long[] sorted, int percent) {
        return sorted.length == 0 ? -1 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void show(Api owner, String ticket, Map<String, Long> shown) {
        var read = owner.get("/tickets/" + ticket);
        if (read.status() == 200 && !read.body().path("timeline").isEmpty()) {
            shown.putIfAbsent(read.body().path("subject").asString(), System.nanoTime());
        }
    }

    /** Hears frames and hands over the tickets they name. */
    private static final class Browser implements WebSocket.Listener {

        private interface Tickets {
            void changed(String id);
        }

        private final Tickets tickets;
        private final StringBuilder frame = new StringBuilder();

        Browser(Tickets tickets) {
            this.tickets = tickets;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                var text = frame.toString();
                frame.setLength(0);
                var event = JSON.readTree(text);
                if (text.contains("\"message-received\"")) {
                    tickets.changed(event.path("subjectId").asString());
                }
            }
            socket.request(1);
            return null;
        }
    }
}
