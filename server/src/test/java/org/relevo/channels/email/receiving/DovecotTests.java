package org.relevo.channels.email.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailboxes;
import org.relevo.support.Conversation;
import org.relevo.support.Dovecot;
import org.relevo.support.FaultyLine;
import org.relevo.support.Installation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Mailboxes at a real Dovecot, over lines that break (R4). */
@RelevoTest
class DovecotTests {

    private static Dovecot dovecot;

    private final TestShop shop;
    private final Mailboxes mailboxes;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final FaultyLine line;

    DovecotTests(TestShops shops, Mailboxes mailboxes, JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.shop = shops.open();
        this.mailboxes = mailboxes;
        this.line = FaultyLine.to(dovecot.port());
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
        line.close();
    }

    @Test
    void aMailThatArrivesWhileWeListenIsThereAtOnce() {
        connect("INBOX");
        health(found -> found.path("atSource").asLong(-1) == 0);

        var sent = Instant.now();
        deliver(1);

        assertThat(Conversation.only(shop).subject()).isEqualTo("Mail 1");
        assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(8)); // a look comes every ten
    }

    @Test
    void aFolderThatIsNumberedAnewLosesNothingAndDoublesNothing() {
        deliver(1);
        deliver(2);
        connect("INBOX");
        Conversation.all(shop, 2);
        sweep(found -> found.path("shown").asLong() == 2);

        dovecot.numberAnew(shop.mailbox());
        deliver(3);

        Conversation.all(shop, 3);
        await().atMost(Duration.ofSeconds(30)).until(() -> logged("mail.log.numbered-anew"));
        assertThat(sweep(health -> health.path("shown").asLong() == 3)
                        .path("stored")
                        .asLong())
                .isEqualTo(3);
        assertThat(Conversation.all(shop, 3)).hasSize(3);
    }

    @Test
    void otherFoldersAreReadToo() {
        dovecot.deliver(shop.mailbox(), "Pedidos", mail(1));
        connect("INBOX", "Pedidos");
        Conversation.only(shop);

        dovecot.deliver(shop.mailbox(), "Pedidos", mail(2));
        health(found -> found.path("received").asLong() == 2); // a look comes every half minute
        dovecot.deliver(shop.mailbox(), "Junk", mail(3));
        deliver(4);

        assertThat(Conversation.all(shop, 3)).hasSize(3);
    }

    @Test
    void aPersonChoosesAmongTheFoldersOfTheServer() {
        connect("INBOX", "Pedidos");

        var folders = api("/folders").path("items");

        assertThat(folders.valueStream()
                        .filter(folder -> folder.path("offered").asBoolean())
                        .map(DovecotTests::name))
                .containsExactlyInAnyOrder("INBOX", "Junk", "Pedidos");
        assertThat(folders.valueStream()
                        .filter(folder -> folder.path("read").asBoolean())
                        .map(DovecotTests::name))
                .containsExactlyInAnyOrder("INBOX", "Pedidos");
    }

    @Test
    void aFolderThatIsGoneIsNamedAndStopsNoOther() {
        connect("INBOX", "Gone");
        deliver(1);

        Conversation.only(shop);
        assertThat(health(found -> !found.path("problem").isNull())
                        .path("problem")
                        .asString())
                .isEqualTo("The folder Gone does not exist.");
    }

    @Test
    void aServerThatSaysByeIsReadAgain() {
        connect("INBOX");
        health(found -> found.path("atSource").asLong(-1) == 0);

        dovecot.hangUp(shop.mailbox());
        deliver(1);

        assertThat(Conversation.only(shop).subject()).isEqualTo("Mail 1");
    }

    @Test
    void lineCutsInTheMiddleOfManyMailsLoseAndDoubleNone() {
        IntStream.range(0, 60).forEach(this::deliver);
        line.cutAfter(9_000);
        connect("INBOX");
        await().atMost(Duration.ofSeconds(20)).until(() -> line.connections() > 1);
        line.cutAfter(20_000);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> health().path("received").asLong() == 60);
        assertThat(sweep(health -> health.path("shown").asLong() == 60)
                        .path("atSource")
                        .asLong())
                .isEqualTo(60);
        assertThat(Conversation.all(shop, 50)).hasSize(50); // a page
    }

    @Test
    void aLineThatWentDeadIsGivenUpAndBegunAnew() {
        connect("INBOX");
        health(found -> found.path("atSource").asLong(-1) == 0);

        line.stall();
        deliver(1);
        await().atMost(Duration.ofSeconds(70))
                .until(() -> "failing".equals(health().path("state").asString()));
        line.flow();

        assertThat(Conversation.only(shop).subject()).isEqualTo("Mail 1");
        assertThat(logged("mail.too-slow") || logged("mail.hung-up")).isTrue();
    }

    @Test
    void aMailBelowTheCursorIsFoundByTheSweep() {
        deliver(1);
        connect("INBOX");
        Conversation.only(shop);
        movePast(1);
        deliver(2);

        sweep(health -> health.path("shown").asLong() == 2);

        assertThat(Conversation.all(shop, 2)).hasSize(2);
        assertThat(logged("mail.log.sweep-found")).isTrue();
    }

    @Test
    void aMailLargerThanTheHeapSharesComesInPieces() {
        var large = new StringBuilder("From: ana@mail.example\nSubject: Large\nMessage-ID: <large@mail.example>\n\n");
        IntStream.range(0, 120_000).forEach(number -> large.append("line %06d of a long letter%n".formatted(number)));
        dovecot.deliver(
                shop.mailbox(), null, large.toString().replace("\n", "\r\n").getBytes(UTF_8));
        connect("INBOX");

        assertThat(Conversation.only(shop).subject()).isEqualTo("Large");
        var item = shop.api().get("/inbound?state=all").ok().path("items").get(0);
        assertThat(shop.api()
                        .get("/inbound/" + item.path("id").asString() + "/raw")
                        .raw()
                        .body())
                .isEqualTo(large.toString().replace("\n", "\r\n").getBytes(UTF_8));
    }

    /** As if the server had announced a mail and shown it only later. */
    private void movePast(long mails) {
        shop.inside(() -> transaction.execute(_ -> jdbc.sql("update channels.cursors set last_uid = last_uid + :mails")
                .param("mails", mails)
                .update()));
    }

    private void deliver(int number) {
        dovecot.deliver(shop.mailbox(), null, mail(number));
    }

    private byte[] mail(int number) {
        return """
                From: ana%1$d@mail.example\r
                To: %2$s\r
                Subject: Mail %1$d\r
                Message-ID: <%1$d@%2$s>\r
                \r
                Hola %1$d\r
                """.formatted(number, shop.mailbox()).getBytes(UTF_8);
    }

    private void connect(String... folders) {
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    new MailServer("127.0.0.1", line.port(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", Installation.freePort(), MailServer.Security.NONE),
                    shop.mailbox(),
                    Dovecot.password(),
                    null,
                    3650,
                    true,
                    List.of(folders),
                    null));
            return shop;
        });
    }

    private String id() {
        return shop.api().get("/mailboxes").ok().path("items").get(0).path("id").asString();
    }

    private JsonNode api(String path) {
        return shop.api().get("/mailboxes/" + id() + path).ok();
    }

    private JsonNode health() {
        return api("/health");
    }

    private JsonNode health(Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(40)).until(this::health, wanted);
    }

    private JsonNode sweep(Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(40)).until(this::sweepOnce, wanted);
    }

    private JsonNode sweepOnce() {
        assertThat(shop.api().post("/mailboxes/" + id() + "/sweep", Map.of()).status())
                .isEqualTo(202);
        return health();
    }

    private boolean logged(String code) {
        return api("/log")
                .path("items")
                .valueStream()
                .anyMatch(entry -> code.equals(entry.path("code").asString()));
    }

    private static String name(JsonNode folder) {
        return folder.path("name").asString();
    }
}
