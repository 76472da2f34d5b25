package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relevo.support.Conversation;
import org.relevo.support.Postfix;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** Sending through a real Postfix: what it takes, puts off, does not know, finds too large, and greylists. */
@RelevoTest
class PostfixTests {

    private static Postfix postfix;

    private final TestShops shops;
    private final Mailboxes mailboxes;

    PostfixTests(TestShops shops, Mailboxes mailboxes) {
        this.shops = shops;
        this.mailboxes = mailboxes;
    }

    @BeforeAll
    static void startPostfix() {
        postfix = Postfix.start();
    }

    @AfterAll
    static void stopPostfix() {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void aReplyArrivesAsItWasWritten() {
        var conversation = conversation("ana@customer.example");

        conversation.reply(Map.of("text", "Hola\n.\n..fin", "bcc", List.of("bea@customer.example")));

        conversation.delivery("sent");
        await().until(() -> postfix.mails("ana").size() + postfix.mails("bea").size() == 2);
        var mail = postfix.mails("ana").getFirst();
        assertThat(mail).contains("\nHola\n.\n..fin\n").contains("Return-Path: <hello+b");
        assertThat(postfix.mails("bea")
                        .getFirst()
                        .lines()
                        .filter(line -> line.startsWith("To:") || line.startsWith("Cc:")))
                .containsExactly("To: ana@customer.example");
    }

    @Test
    void whomItDoesNotKnowIsFailedAndWhomItPutsOffWaits() {
        var conversation = conversation("nobody@customer.example");
        conversation.reply(Map.of("text", "Hola", "cc", List.of("later@customer.example")));

        var delivery = conversation.delivery(PostfixTests::waits);

        assertThat(delivery.at("/recipients/0/state").asString()).isEqualTo("failed");
        assertThat(delivery.at("/recipients/0/detail").asString()).contains("5.1.1", "User unknown");
        assertThat(delivery.at("/recipients/1/state").asString()).isEqualTo("queued");
        assertThat(delivery.path("detail").asString()).contains("later@customer.example", "Come back later");
    }

    @Test
    void whoOnlyExistsElsewhereIsFailedAtOnce() {
        var conversation = conversation("nobody@customer.example");

        conversation.reply("Hola");

        assertThat(conversation.delivery("failed").path("detail").asString())
                .contains("User unknown in virtual mailbox table");
        assertThat(conversation.status()).isEqualTo("open");
    }

    @Test
    void aGreylistIsWaitedOut() {
        var conversation = conversation("grey@customer.example");

        conversation.reply("Hola");

        assertThat(conversation.delivery(PostfixTests::waits).path("detail").asString())
                .contains("Greylisted");
        await().atMost(Duration.ofSeconds(30)).until(() -> postfix.mails("grey").size() == 1);
        conversation.delivery("sent");
    }

    @Test
    void itsLimitIsKnownBeforeAnythingIsSent() {
        var shop = ScriptedShop.open(shops, mailboxes, postfix.port());
        var conversation = shop.conversation("ana@customer.example");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> shop.sending(conversation).path("largestMail").asLong(0) == Postfix.LARGEST);

        var answer = shop.shop()
                .api()
                .post("/tickets/" + conversation.id() + "/replies", Map.of("text", "x".repeat(40_000)));

        assertThat(answer.problem()).isEqualTo("mail-too-large");
    }

    private Conversation conversation(String customer) {
        return ScriptedShop.open(shops, mailboxes, postfix.port()).conversation(customer);
    }

    private static boolean waits(JsonNode delivery) {
        return "queued".equals(delivery.path("state").asString())
                && delivery.path("attempts").asInt() > 0;
    }
}
