package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relevo.support.Api;
import org.relevo.support.Installation;
import org.relevo.support.ServerProcess;
import org.relevo.support.SmtpLine;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop that forwards its mail, and what survives a power cut and the loss of the database. */
class ForwardingTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> SENDING = Map.of("host", "127.0.0.1", "port", 1, "security", "none");

    @TempDir
    private Path data;

    private final int door = Installation.freePort();
    private ServerProcess server;
    private Api api;

    @BeforeEach
    void start() {
        server = launch().whenReady();
        api = server.firstRun(JSON);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ServerProcess launch() {
        return ServerProcess.launch(
                data, Installation.freePort(), "--relevo.smtp.port=" + door, "--relevo.smtp.hostname=desk.example");
    }

    @Test
    void theMailboxTellsWhereItsMailIsToBeForwardedToAndHowItIsDoing() throws IOException {
        var mailbox = forwarded("hello@shop.example");

        assertThat(mailbox.path("receives").asString()).isEqualTo("forwarding");
        assertThat(mailbox.path("imap").isNull()).isTrue();
        assertThat(mailbox.path("forwardingAddress").asString()).matches("in\\+[0-9a-z]{25}@desk\\.example");
        await().atMost(PATIENCE).until(() -> health().path("state").asString().equals("ok"));
        assertThat(health().path("lastContactAt").isNull()).isTrue();

        send("1", mailbox.path("forwardingAddress").asString());

        await().atMost(PATIENCE).until(() -> !health().path("lastContactAt").isNull());
        assertThat(api.get("/mailboxes/" + mailbox.path("id").asString() + "/folders")
                        .ok()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void aMailboxMayBeReadInsteadAndForwardedAgain() {
        var id = forwarded("hello@shop.example").path("id").asString();
        var address = mailbox().path("forwardingAddress").asString();

        api.put("/mailboxes/" + id, request("hello@shop.example", "imap", SENDING))
                .ok();
        assertThat(mailbox().path("forwardingAddress").isNull()).isTrue();
        api.put("/mailboxes/" + id, request("hello@shop.example", "forwarding", null))
                .ok();

        assertThat(mailbox().path("forwardingAddress").asString()).isEqualTo(address);
        var noImap = api.put("/mailboxes/" + id, request("hello@shop.example", "imap", null));
        assertThat(noImap.body().at("/errors/0/pointer").asString()).isEqualTo("/imap");
    }

    @Test
    void whatWasTakenInIsShownOnceAfterAPowerCut() throws IOException {
        var address = forwarded("hello@shop.example").path("forwardingAddress").asString();
        for (var number = 0; number < 10; number++) {
            send("kill" + number, address);
        }

        server.kill();
        server = launch().whenReady();
        api = again();
        for (var number = 0; number < 10; number++) {
            send("kill" + number, address); // the sender never heard the answer
        }

        await().atMost(PATIENCE).until(() -> subjects().size() == 10 && waiting() == 0);
        assertThat(subjects()).doesNotHaveDuplicates();
    }

    @Test
    void whileTheDatabaseIsAwayMailIsPutOffAndThenShownOnce() throws IOException {
        var address = forwarded("hello@shop.example").path("forwardingAddress").asString();
        send("before", address);

        server.database().orElseThrow().destroyForcibly();
        var answers =
                IntStream.range(0, 40).mapToObj(_ -> answer("away", address)).toList();
        await().atMost(PATIENCE).until(() -> answer("away", address).startsWith("250"));

        assertThat(answers).allMatch(answer -> answer.startsWith("250") || answer.startsWith("451 4.3.0"));
        await().atMost(PATIENCE).until(() -> subjects().size() == 2 && waiting() == 0);
        assertThat(subjects()).containsExactlyInAnyOrder("before", "away");
    }

    private JsonNode forwarded(String address) {
        return api.post("/mailboxes", request(address, "forwarding", null)).ok();
    }

    private static Map<String, Object> request(String address, String receives, @Nullable Object imap) {
        var request = new HashMap<String, Object>(
                Map.of("address", address, "name", "Shop", "receives", receives, "smtp", SENDING, "password", "x"));
        if (imap != null) {
            request.put("imap", imap);
        }
        return request;
    }

    private Api again() {
        var owner = new Api(server.url(), JSON).signedIn("owner@shop.example", TestShops.PASSWORD);
        var token = owner.post("/tokens", Map.of("name", "again")).ok().path("secret");
        return new Api(server.url(), JSON).withToken(token.asString());
    }

    private JsonNode mailbox() {
        return api.get("/mailboxes").ok().at("/items/0");
    }

    private JsonNode health() {
        return mailbox().path("health");
    }

    private List<String> subjects() {
        return api.get("/tickets?limit=100")
                .body()
                .path("items")
                .valueStream()
                .map(ticket -> ticket.path("subject").asString())
                .toList();
    }

    private long waiting() {
        return health().path("waiting").asLong(-1);
    }

    private void send(String subject, String recipient) throws IOException {
        await().atMost(PATIENCE).until(() -> answer(subject, recipient).startsWith("250"));
    }

    private String answer(String subject, String recipient) {
        try (var line = new SmtpLine(door)) {
            line.say("EHLO tester");
            line.say("MAIL FROM:<ana@mail.example>");
            var known = line.say("RCPT TO:<" + recipient + ">");
            if (!known.startsWith("250")) {
                return known;
            }
            line.say("DATA");
            return line.sayMail(mail(subject).getBytes(UTF_8));
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    private static String mail(String subject) {
        return "From: ana@mail.example\r\nSubject: %1$s\r\nMessage-ID: <%1$s@mail.example>\r\n\r\nWhere is it?\r\n"
                .formatted(subject);
    }
}
