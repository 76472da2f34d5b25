package org.relevo.channels.email.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailboxes;
import org.relevo.platform.database.DataFolder;
import org.relevo.support.Dovecot;
import org.relevo.support.Installation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Mails that their server does not give, mails that cannot be read, and a disk that takes nothing. */
@RelevoTest
class TroubledMailTests {

    private static Dovecot dovecot;

    private final TestShop shop;
    private final Mailboxes mailboxes;
    private final DataFolder data;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TroubledMailTests(
            TestShops shops, Mailboxes mailboxes, DataFolder data, JdbcClient jdbc, TransactionTemplate transaction) {
        this.shop = shops.open();
        this.mailboxes = mailboxes;
        this.data = data;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @BeforeAll
    static void open() {
        dovecot = Dovecot.start();
    }

    @AfterAll
    static void close() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @AfterEach
    void leave() {
        var owner = shop.as("owner@" + shop.domain());
        owner.get("/mailboxes")
                .ok()
                .path("items")
                .forEach(mailbox -> owner.delete(
                                "/mailboxes/" + mailbox.path("id").asString())
                        .ok());
    }

    @Test
    void aMailThatBreaksTheLineDelaysNoOther() {
        deliver("Before");
        var hidden = deliver("Hidden");
        deliver("After");
        dovecot.readable(shop.mailbox(), hidden, false);
        connect();

        await().atMost(Duration.ofSeconds(90)).until(() -> health("received") == 2);
    }

    @Test
    void aPoisonMailBetweenAThousandDelaysNone() {
        IntStream.range(0, 500).forEach(number -> deliver("Mail " + number));
        dovecot.deliver(shop.mailbox(), null, poison());
        IntStream.range(500, 1000).forEach(number -> deliver("Mail " + number));
        connect();

        await().atMost(Duration.ofSeconds(120)).until(() -> health("received") == 1001);
        await().atMost(Duration.ofSeconds(120)).until(() -> health("waiting") == 0);
        var done = shop.inside(() -> transaction.execute(
                _ -> jdbc.sql("select count(*) from channels.inbound where state = 'done' and not unreadable")
                        .query(Long.class)
                        .single()));
        assertThat(done).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void aDiskThatTakesNothingLeavesTheMailAtItsServerAndSaysSo() throws IOException {
        var blobs = data.path().resolve("blobs").resolve(shop.id().toString());
        Files.createDirectories(blobs.getParent());
        Files.writeString(blobs, "a file where a folder should be: nothing can be written below it");
        deliver("Patient");
        connect();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> "failing".equals(health().path("state").asString()));
        assertThat(health().path("problem").asString()).contains("cannot be written to the disk");
        assertThat(health("received")).isZero();
        assertThat(dovecot.mails(shop.mailbox(), null)).hasSize(1);

        Files.delete(blobs);
        await().atMost(Duration.ofSeconds(60)).until(() -> health("received") == 1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "ok".equals(health().path("state").asString()));
    }

    /** Parts in parts, deeper than any parser goes, and no end to any of them. */
    private static byte[] poison() {
        var mail = new StringBuilder("From: ana@mail.example\r\nSubject: Poison\r\n");
        for (int depth = 0; depth < 20_000; depth++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(depth)
                    .append("\r\n\r\n--b");
            mail.append(depth).append("\r\n");
        }
        return mail.toString().getBytes(UTF_8);
    }

    private Path deliver(String subject) {
        return dovecot.deliver(
                shop.mailbox(),
                "From: ana@mail.example\nSubject: %1$s\nMessage-ID: <%2$s@mail.example>\n\nHola %1$s"
                        .formatted(subject, subject.replace(' ', '.')));
    }

    private void connect() {
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    new MailServer("127.0.0.1", dovecot.port(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", Installation.freePort(), MailServer.Security.NONE),
                    shop.mailbox(),
                    Dovecot.password(),
                    null,
                    3650,
                    true,
                    List.of("INBOX"),
                    null));
            return shop;
        });
    }

    private String id() {
        return shop.api().get("/mailboxes").ok().path("items").get(0).path("id").asString();
    }

    private JsonNode health() {
        return shop.api().get("/mailboxes/" + id() + "/health").ok();
    }

    private long health(String figure) {
        return health().path(figure).asLong();
    }
}
