package org.relevo.support;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.relevo.demonstration.mail.PostOffice;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills RELEVO again and again, at random moments and now and then with its database, while customers write and agents
 * answer; then lets it finish and counts. The mail server is ours and lives on.
 */
public final class CrashRun {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MAILBOX = "hello@shop.example";
    private static final int CUSTOMERS = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern MARK = Pattern.compile("(?:mail|reply)-[0-9a-f-]{36}");

    /**
     * What came of it. Mails count as accepted when the mail server took them, replies when 201 came back.
     *
     * @param uncertainReplies those to which RELEVO said that it does not know; in the mailbox once or not at all
     * @param replyCopies further copies of a reply, under the same Message-ID
     * @param foreignReplies in a mailbox, but neither accepted nor uncertain, or twice under different Message-IDs
     */
    public record Outcome(
            int kills,
            int databaseKills,
            int mails,
            int lostMails,
            int doubledMails,
            int replies,
            int lostReplies,
            int uncertainReplies,
            int replyCopies,
            int foreignReplies,
            int waiting,
            int orphans) {

        /** Whether all promises were kept; a copy under the same Message-ID is allowed, since mail programs fold it. */
        public boolean kept() {
            return lostMails + doubledMails + lostReplies + foreignReplies + waiting + orphans == 0;
        }
    }

    private final Path data;
    private final PostOffice office;
    private final Post post;
    private final int port = Installation.freePort();
    private final Random random;
    private final Set<String> mails = ConcurrentHashMap.newKeySet();
    private final Set<String> replies = ConcurrentHashMap.newKeySet();
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger databaseKills = new AtomicInteger();
    private volatile String token = "";
    private volatile boolean over;

    private CrashRun(Path data, PostOffice office, long seed) {
        this.data = data;
        this.office = office;
        this.post = new Post(office);
        this.random = new Random(seed);
    }

    /**
     * @param folder empty
     * @param rounds how often to kill
     * @param mails how many arrive meanwhile
     */
    public static Outcome run(Path folder, int rounds, int mails, long seed) throws InterruptedException, SQLException {
        try (var office = PostOffice.open(folder.resolve("mail"), 0, 0, _ -> TestShops.PASSWORD)) {
            return new CrashRun(folder.resolve("data"), office, seed).run(rounds, mails);
        }
    }

    private Outcome run(int rounds, int wanted) throws InterruptedException, SQLException {
        var server = ServerProcess.launch(data, port).whenReady();
        try {
            token = begin(server);
            var customers = Thread.ofVirtual().start(() -> write(wanted));
            var agents = Thread.ofVirtual().start(this::answer);
            for (int round = 0; round < rounds; round++) {
                Thread.sleep(300 + random.nextInt(2_500));
                kill(server);
                server = ServerProcess.launch(data, port);
                if (random.nextInt(4) == 0) {
                    Thread.sleep(random.nextInt(3_000)); // it is not even ready
                    kill(server);
                    server = ServerProcess.launch(data, port);
                }
                server.whenReady();
                if (random.nextInt(4) == 0) {
                    killDatabase(server); // and RELEVO lives on
                }
            }
            customers.join();
            settle(server);
            over = true;
            agents.join();
            settle(server);
            return count(server, rounds);
        } finally {
            over = true;
            server.close();
        }
    }

    private String begin(ServerProcess server) {
        office.createAccount(MAILBOX, TestShops.PASSWORD);
        var api = server.firstRun(JSON);
        var imap = Map.of("host", "127.0.0.1", "port", office.imapPort(), "security", "none");
        var smtp = Map.of("host", "127.0.0.1", "port", office.smtpPort(), "security", "none");
        api.post(
                        "/mailboxes",
                        Map.of(
                                "address",
                                MAILBOX,
                                "name",
                                "Shop",
                                "imap",
                                imap,
                                "smtp",
                                smtp,
                                "password",
                                TestShops.PASSWORD,
                                "historyDays",
                                10))
                .ok();
        var owner = new Api(server.url(), JSON).signedIn("owner@shop.example", TestShops.PASSWORD);
        return owner.post("/tokens", Map.of("name", "crash"))
                .ok()
                .path("secret")
                .asString();
    }

    private void kill(ServerProcess server) {
        if (random.nextInt(3) == 0) {
            killDatabase(server);
        }
        server.kill();
    }

    private void killDatabase(ServerProcess server) {
        server.database().ifPresent(database -> {
            database.destroyForcibly();
            databaseKills.incrementAndGet();
        });
    }

    private void write(int wanted) {
        for (int number = 0; number < wanted && !over; number++) {
            var mark = "mail-" + UUID.randomUUID();
            post.send("""
                    From: customer%d@mail.example
                    To: %s
                    Subject: Question %d
                    Message-ID: <%s@mail.example>

                    Where is my parcel? %s
                    """.formatted(number % CUSTOMERS, MAILBOX, number, mark, mark), MAILBOX);
            mails.add(mark);
            pause(20 + number % 60);
        }
    }

    /** Answers every new ticket once, and asks again with the same key when no answer comes. */
    private void answer() {
        while (!over) {
            try {
                var api = new Api("http://localhost:" + port, JSON).withToken(token);
                var tickets = api.get("/tickets?view=unassigned&limit=50");
                for (var ticket : tickets.body().path("items")) {
                    var id = ticket.path("id").asString();
                    if (!over && "new".equals(ticket.path("status").asString()) && answered.add(id)) {
                        reply(id);
                    }
                }
            } catch (UncheckedIOException _) {
                pause(100); // it is dead just now
            }
            pause(20);
        }
    }

    private void reply(String ticket) {
        var mark = "reply-" + UUID.randomUUID();
        for (int attempt = 0; attempt < 600; attempt++) {
            try {
                var answer = new Api("http://localhost:" + port, JSON)
                        .withToken(token)
                        .with("Idempotency-Key", mark)
                        .post("/tickets/" + ticket + "/replies", Map.of("text", "It is on its way. " + mark));
                if (answer.status() == 201) {
                    replies.add(mark);
                    return;
                }
                if (answer.status() == 409) {
                    uncertain.add(mark);
                    return;
                }
            } catch (UncheckedIOException _) {
                pause(100); // the line broke: the same key asks again
            }
            pause(100);
        }
        uncertain.add(mark);
    }

    /** Waits until nothing moves any more, or for as long as is reasonable. */
    private void settle(ServerProcess server) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (number(server, "select count(*) from tickets.messages where kind = 'received'") >= mails.size()
                        && waiting(server) == 0) {
                    return;
                }
            } catch (SQLException _) {
                Thread.sleep(500); // the database is being brought back
            }
            Thread.sleep(250);
        }
    }

    private static int waiting(ServerProcess server) throws SQLException {
        return number(server, """
                select (select count(*) from channels.inbound where state not in ('done', 'duplicate'))
                     + (select count(*) from channels.outbound where state <> 'sent')
                """);
    }

    private Outcome count(ServerProcess server, int rounds) throws SQLException {
        var taken = new HashMap<String, Integer>();
        for (var text : texts(server, "select text from tickets.messages where kind = 'received'")) {
            mark(text, taken);
        }
        var waiting = waiting(server);
        server.close();
        var sent = new HashMap<String, Map<String, Integer>>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            for (var mail : post.read("customer" + customer + "@mail.example")) {
                var found = new HashMap<String, Integer>();
                mark(mail, found);
                found.keySet().stream()
                        .filter(mark -> mark.startsWith("reply-"))
                        .forEach(mark ->
                                sent.computeIfAbsent(mark, _ -> new HashMap<>()).merge(id(mail), 1, Integer::sum));
            }
        }
        var copies = sent.values().stream()
                .flatMap(ids -> ids.values().stream())
                .mapToInt(times -> times - 1)
                .sum();
        var foreign = sent.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1
                        || !(replies.contains(entry.getKey()) || uncertain.contains(entry.getKey())))
                .count();
        return new Outcome(
                rounds,
                databaseKills.get(),
                mails.size(),
                (int) mails.stream().filter(mark -> !taken.containsKey(mark)).count(),
                (int) taken.values().stream().filter(times -> times > 1).count(),
                replies.size(),
                (int) replies.stream().filter(mark -> !sent.containsKey(mark)).count(),
                uncertain.size(),
                copies,
                (int) foreign,
                waiting,
                orphans());
    }

    /** The marks in a text; one that a reply quotes does not count twice. */
    private static void mark(String text, Map<String, Integer> counts) {
        MARK.matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .forEach(mark -> counts.merge(mark, 1, Integer::sum));
    }

    private static String id(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElse("");
    }

    /** Processes that still work on the data folder. */
    private int orphans() {
        return ServerProcess.databaseOf(data).isPresent() ? 1 : 0;
    }

    private static int number(ServerProcess server, String sql) throws SQLException {
        return Integer.parseInt(texts(server, sql).getFirst());
    }

    private static List<String> texts(ServerProcess server, String sql) throws SQLException {
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

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
