package org.relevo.channels.email.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailboxes;
import org.relevo.platform.database.DataFolder;
import org.relevo.support.Conversation;
import org.relevo.support.Installation;
import org.relevo.support.RelevoTest;
import org.relevo.support.ScriptedImap;
import org.relevo.support.ScriptedImap.Giving;
import org.relevo.support.ServerProcess;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Mail servers that do not do as they should: no other mail waits, nothing is lost, a person sees it and tries again. */
@RelevoTest
class FaultyServerTests {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int MEGABYTE = 1024 * 1024;

    private final TestShop shop;
    private final Mailboxes mailboxes;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DataFolder data;
    private final ScriptedImap server = ScriptedImap.start();

    FaultyServerTests(
            TestShops shops, Mailboxes mailboxes, JdbcClient jdbc, TransactionTemplate transaction, DataFolder data) {
        this.data = data;
        this.shop = shops.open();
        this.mailboxes = mailboxes;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @AfterEach
    void leave() {
        shop.as("owner@" + shop.domain()).delete("/mailboxes/" + id()).ok();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NIL", "NOTHING", "NO", "BAD", "BYE", "TOLD_SHORT", "TOLD_ENORMOUS"})
    void aMailThatIsNotGivenDelaysNoOtherIsQuarantinedAndComesWhenItIsGiven(Giving giving) {
        server.put(1, "Before", Giving.RIGHTLY);
        server.put(2, "Troubled", giving);
        server.put(3, "After", Giving.RIGHTLY);
        connect();

        await().atMost(Duration.ofSeconds(15)).until(() -> health("received") == 2);
        await().atMost(Duration.ofSeconds(15)).until(() -> health("notGiven") == 1);
        var item = quarantined(1);
        assertThat(item.path("detail").asString()).contains("does not give it");

        server.put(2, "Troubled", Giving.RIGHTLY);
        retry(item);
        await().atMost(PATIENCE).until(() -> health("quarantined") == 0);
        assertThat(Conversation.all(shop, 3)).hasSize(3);
        assertThat(health("received")).isEqualTo(3);
    }

    @Test
    void aMailThatIsAnnouncedAsEnormousIsNeverFetchedAndShownByItsHead() {
        server.put(1, mail("Enormous", 100), 500L * MEGABYTE, Giving.RIGHTLY);
        server.put(2, "After", Giving.RIGHTLY);
        connect();

        await().atMost(Duration.ofSeconds(15)).until(() -> health("quarantined") == 1);
        assertThat(Conversation.only(shop).subject()).isEqualTo("After");
        var item = items().get(0);
        assertThat(item.path("detail").asString()).contains("larger than what is fetched");
        assertThat(raw(item)).contains("Subject: Enormous").doesNotContain("line");
        retry(item);
        await().atMost(PATIENCE).until(() -> health("notGiven") == 0);
        assertThat(server.askedFor(1)).isZero();
    }

    @Test
    void aMailThatIsMuchLargerThanToldComesInPieces() {
        server.put(1, mail("Large", 6 * MEGABYTE), 100, Giving.RIGHTLY);
        server.put(2, "After", Giving.RIGHTLY);
        connect();

        assertThat(Conversation.all(shop, 2)).hasSize(2);
        assertThat(shop.api().get("/inbound?state=all").ok().path("items").valueStream())
                .anyMatch(item -> item.path("size").asLong() == mail("Large", 6 * MEGABYTE).length);
    }

    @Test
    void aMailThatIsMuchSmallerThanToldIsTakenAsItIs() {
        server.put(1, mail("Small", 100), 60L * MEGABYTE, Giving.RIGHTLY);
        connect();

        assertThat(Conversation.only(shop).subject()).isEqualTo("Small");
    }

    @Test
    void aServerThatKnowsNoPiecesCannotMakeUsHoldWhatItLikes() {
        server.put(1, mail("Flood", 60 * MEGABYTE), 100, Giving.WHOLE);
        server.put(2, "After", Giving.RIGHTLY);
        connect();

        await().atMost(PATIENCE).until(() -> health("received") == 1 && health("notGiven") == 1);
        assertThat(Conversation.only(shop).subject()).isEqualTo("After");
    }

    @Test
    void aLineOfWhichTheServerClosesItsHalfIsBegunAnew() {
        connect();
        await().atMost(PATIENCE).until(() -> server.commands().stream().anyMatch(command -> command.endsWith("IDLE")));

        server.closeHalf();
        server.put(1, "Later", Giving.RIGHTLY);

        assertThat(Conversation.only(shop).subject()).isEqualTo("Later");
    }

    @Test
    void announcementsWithoutEndAndWithoutSenseStopNothing() {
        server.put(1, "First", Giving.RIGHTLY);
        connect();
        Conversation.only(shop);

        server.announce("1 EXISTS", 200_000);
        server.announce("2000000000 EXISTS", 5);
        server.put(2, "Second", Giving.RIGHTLY);
        server.announce();

        assertThat(Conversation.all(shop, 2)).hasSize(2);
    }

    @Test
    void aFolderThatIsNumberedAnewBetweenTwoCommandsIsListedAnew() {
        server.put(1, "First", Giving.RIGHTLY);
        server.put(2, "Second", Giving.RIGHTLY);
        connect();
        Conversation.all(shop, 2);

        server.numberAnew(100);
        server.put(102, "Third", Giving.RIGHTLY);
        tellOfNewNumbers();

        Conversation.all(shop, 3);
        await().atMost(PATIENCE).until(() -> health("received") == 5 && health("waiting") == 0);
        assertThat(Conversation.all(shop, 3)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aQuarantinedMailIsFoundUnderItsNewNumber(boolean givenAtOnce) {
        server.put(1, "Troubled", Giving.NIL);
        connect();
        var item = quarantined(1);
        server.numberAnew(100);
        if (givenAtOnce) {
            server.give(100, Giving.RIGHTLY);
        }
        tellOfNewNumbers();
        if (!givenAtOnce) {
            quarantined(2);
            server.give(100, Giving.RIGHTLY);
        }

        retry(item);

        await().atMost(PATIENCE).until(() -> health("quarantined") == 0);
        assertThat(Conversation.only(shop).subject()).isEqualTo("Troubled");
    }

    @Test
    void aQuarantinedMailThatIsNoLongerToldSaysSo() {
        server.put(1, "Troubled", Giving.NIL);
        connect();
        var item = quarantined(1);
        server.put(1, "Something else", Giving.RIGHTLY);
        server.numberAnew(100);
        tellOfNewNumbers();
        Conversation.only(shop);

        retry(item);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(items().toString()).contains("numbered its mails anew"));
    }

    @Test
    void aFaultOfOurOwnIsSeenInTheHealthOfTheMailbox() throws SQLException {
        assumeTrue(ServerProcess.databaseOf(data.path()).isPresent(), "Needs the embedded database.");
        asOwner("create function channels.fault() returns trigger language plpgsql as "
                + "$$ begin raise exception 'a fault of our own'; end $$");
        asOwner(
                "create trigger fault before insert or update on channels.cursors for each row when (new.workspace_id = '"
                        + shop.id() + "') execute function channels.fault()");
        try {
            server.put(1, "First", Giving.RIGHTLY);
            connect();
            await().atMost(PATIENCE).until(() -> problem().contains("An administrator has to look"));
        } finally {
            asOwner("drop function channels.fault cascade");
        }

        assertThat(Conversation.only(shop).subject()).isEqualTo("First");
        await().atMost(PATIENCE).until(() -> problem().isEmpty());
    }

    private void asOwner(String sql) throws SQLException {
        try (var database = ServerProcess.connectAsOwner(data.path());
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String problem() {
        var health = shop.api().get("/mailboxes/" + id() + "/health").ok();
        return health.path("problem").isNull() ? "" : health.path("problem").asString();
    }

    private static byte[] mail(String subject, int size) {
        return ("From: ana@mail.example\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
                        + "@mail.example>\r\n\r\n" + "a line of a letter that is long\r\n".repeat(size / 33 + 1))
                .getBytes(UTF_8);
    }

    /** Asks again and again, without the pauses between, until a person has to look. */
    private JsonNode quarantined(int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            shop.inside(() -> transaction.execute(
                    _ -> jdbc.sql("update channels.missing set next_at = now()").update()));
            server.announce();
            return health("quarantined") >= count;
        });
        return items().get(0);
    }

    private void retry(JsonNode item) {
        shop.as("owner@" + shop.domain())
                .post("/inbound/" + item.path("id").asString() + "/retry", Map.of())
                .ok();
    }

    private String raw(JsonNode item) {
        return new String(
                shop.api()
                        .get("/inbound/" + item.path("id").asString() + "/raw")
                        .raw()
                        .body(),
                UTF_8);
    }

    private JsonNode items() {
        return shop.api().get("/inbound?state=quarantined").ok().path("items");
    }

    private void connect() {
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    new MailServer("127.0.0.1", server.port(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", Installation.freePort(), MailServer.Security.NONE),
                    shop.mailbox(),
                    "any",
                    null,
                    3650,
                    true,
                    List.of("INBOX"),
                    null));
            return shop;
        });
    }

    private void tellOfNewNumbers() {
        await().atMost(PATIENCE).until(() -> {
            server.announce("OK [UIDVALIDITY 2] numbered anew", 1);
            return logged("mail.log.numbered-anew");
        });
    }

    private boolean logged(String code) {
        var log = shop.api().get("/mailboxes/" + id() + "/log").ok().path("items");
        return log.valueStream()
                .anyMatch(entry -> code.equals(entry.path("code").asString()));
    }

    private String id() {
        return shop.api().get("/mailboxes").ok().path("items").get(0).path("id").asString();
    }

    private long health(String figure) {
        return shop.api()
                .get("/mailboxes/" + id() + "/health")
                .ok()
                .path(figure)
                .asLong();
    }
}
