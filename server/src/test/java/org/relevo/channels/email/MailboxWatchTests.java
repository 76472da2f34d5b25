package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.support.Conversation;
import org.relevo.support.Installation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** Mailboxes whose servers come and go (R4). */
@RelevoTest
class MailboxWatchTests {

    private final TestShops shops;
    private final Mailboxes mailboxes;

    @TempDir
    private Path folder;

    MailboxWatchTests(TestShops shops, Mailboxes mailboxes) {
        this.shops = shops;
        this.mailboxes = mailboxes;
    }

    @Test
    void aMailboxWhoseServerWentAwaySaysSoAndGoesOnByItself() {
        var shop = shops.open();
        var smtpPort = Installation.freePort();
        var imapPort = Installation.freePort();
        var office = PostOffice.open(folder, smtpPort, imapPort, _ -> TestShops.PASSWORD);
        connect(shop, shop.mailbox(), office);
        health(shop, shop.mailbox(), "ok");

        office.close();
        assertThat(health(shop, shop.mailbox(), "failing").path("problem").asString())
                .isNotBlank();

        try (var again = PostOffice.open(folder, smtpPort, imapPort, _ -> TestShops.PASSWORD)) {
            new Post(again).send("From: ana@mail.example\nSubject: Back\n\nHola", shop.mailbox());
            assertThat(health(shop, shop.mailbox(), "ok").path("problem").isNull())
                    .isTrue();
            assertThat(Conversation.only(shop).subject()).isEqualTo("Back");
        } finally {
            remove(shop);
        }
    }

    @Test
    void aMailboxThatFailsStopsNoOther() {
        var shop = shops.openWithMailbox();
        var gone = PostOffice.open(folder, 0, 0, _ -> TestShops.PASSWORD);
        connect(shop, "gone@" + shop.domain(), gone);
        gone.close();
        health(shop, "gone@" + shop.domain(), "failing");

        new Post(shops.office()).send("From: ana@mail.example\nSubject: Here\n\nHola", shop.mailbox());

        assertThat(Conversation.only(shop).subject()).isEqualTo("Here");
        assertThat(health(shop, shop.mailbox(), "ok").path("received").asLong()).isEqualTo(1);
        remove(shop);
    }

    private void connect(TestShop shop, String address, PostOffice office) {
        office.createAccount(address, TestShops.PASSWORD);
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    address,
                    "Shop",
                    new MailServer("127.0.0.1", office.imapPort(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", office.smtpPort(), MailServer.Security.NONE),
                    address,
                    TestShops.PASSWORD,
                    null,
                    3650,
                    true));
            return shop;
        });
    }

    private static void remove(TestShop shop) {
        for (var mailbox :
                shop.as("owner@" + shop.domain()).get("/mailboxes").ok().path("items")) {
            shop.as("owner@" + shop.domain())
                    .delete("/mailboxes/" + mailbox.path("id").asString())
                    .ok();
        }
    }

    private static JsonNode health(TestShop shop, String address, String state) {
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> health(shop, address),
                        found -> state.equals(found.path("state").asString()));
    }

    private static JsonNode health(TestShop shop, String address) {
        return shop.api()
                .get("/mailboxes")
                .ok()
                .path("items")
                .valueStream()
                .filter(mailbox -> address.equals(mailbox.path("address").asString()))
                .map(mailbox -> mailbox.path("health"))
                .findFirst()
                .orElseThrow();
    }
}
