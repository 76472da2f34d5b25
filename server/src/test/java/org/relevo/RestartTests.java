package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.support.Api;
import org.relevo.support.Installation;
import org.relevo.support.Post;
import org.relevo.support.ServerProcess;
import org.relevo.support.TestShops;
import tools.jackson.databind.json.JsonMapper;

/** What waits for its time waits through a restart of the server. */
@Tag("crash")
class RestartTests {

    private static final String MAILBOX = "hello@shop.example";
    private static final String CUSTOMER = "ana@customer.example";
    private static final Duration WAIT = Duration.ofSeconds(15);

    private final JsonMapper json = JsonMapper.builder().build();
    private final int port = Installation.freePort();

    @Test
    void aScheduledReplyLeavesOnceAtItsTimeThoughTheServerWasRestarted() throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-data")), "restart");
        try (var office = PostOffice.open(folder.resolve("mail"), 0, 0, _ -> TestShops.PASSWORD)) {
            office.createAccount(MAILBOX, TestShops.PASSWORD);
            office.createAccount(CUSTOMER, TestShops.PASSWORD);
            var post = new Post(office);
            try (var server = ServerProcess.launch(folder.resolve("data"), port).whenReady()) {
                scheduleReply(server, post);
            }
            assertThat(post.read(CUSTOMER)).isEmpty();

            try (var _ = ServerProcess.launch(folder.resolve("data"), port).whenReady()) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> !post.read(CUSTOMER).isEmpty());
            }

            assertThat(post.read(CUSTOMER)).singleElement().asString().contains("Tomorrow.");
        }
    }

    private void scheduleReply(ServerProcess server, Post post) {
        var api = server.firstRun(json);
        connect(api, post.office());
        post.send("From: %s\nTo: %s\nSubject: Lamp\n\nWhere?".formatted(CUSTOMER, MAILBOX), MAILBOX);
        var ticket = await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/tickets").ok().at("/items/0/id").asString(""), id -> !id.isEmpty());
        var sendAt = Instant.now().plus(WAIT).toString();
        api.post("/tickets/" + ticket + "/replies", Map.of("text", "Tomorrow.", "sendAt", sendAt))
                .ok();
    }

    private static void connect(Api api, PostOffice office) {
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
                                3650))
                .ok();
    }
}
