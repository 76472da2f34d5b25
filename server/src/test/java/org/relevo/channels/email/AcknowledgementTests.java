package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.Api;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.SharedData;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** Customers are told that their mail arrived; machines never are, and nobody is flooded (RFC 3834). */
@RelevoTest
class AcknowledgementTests {

    private static final String TEXT = "We have your message {{ticket.number}}, {{customer.name|dear customer}}.";

    private final TestShops shops;
    private final Post post;

    AcknowledgementTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aNewMatterIsAcknowledgedAsAMachineShould() {
        var shop = acknowledging();
        write(shop, "Buy gold! <" + customer(shop) + ">", "Cheap pills");

        var receipt = post.readWhen(customer(shop), 1).getFirst();

        var conversation = Conversation.only(shop);
        var number = conversation.read().path("number").asString();
        assertThat(receipt)
                .contains("We have your message " + number + ", dear customer.", "Auto-Submitted: auto-replied")
                .contains("X-Auto-Response-Suppress: All")
                .doesNotContain("gold", "Where is it?");
        assertThat(conversation.entries("acknowledged")).hasSize(1);
        assertThat(conversation.status()).isEqualTo("new");
        assertThat(conversation.read().path("waitingSince").isNull()).isFalse();
    }

    @Test
    void anAnswerIsNoNewMatter() {
        var shop = acknowledging();
        write(shop, customer(shop), "Lamp");
        post.readWhen(customer(shop), 1);
        var conversation = Conversation.only(shop);
        var number = conversation.read().path("number").asString();

        write(shop, customer(shop), "Re: Lamp [#" + number + "]");

        conversation.messages(2);
        assertThat(conversation.entries("acknowledged")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"loop-0", "loop-1", "loop-2", "loop-3", "loop-4", "loop-5", "loop-6", "noreply-verification"})
    void noMachineIsAnswered(String mail) {
        var shop = acknowledging();

        post.send(SharedData.bytes(SharedData.at("security/own/mail/" + mail + ".eml")), shop.mailbox());

        assertThat(Conversation.only(shop).entries("acknowledged")).isEmpty();
    }

    @Test
    void aDeskThatAnswersEachReceiptInANewMatterStopsAtThree() {
        var shop = acknowledging();
        for (var round = 1; round <= 5; round++) {
            write(shop, "Robot <" + customer(shop) + ">", "Your request " + round);
            Conversation.all(shop, round);
        }

        await().until(() -> post.read(customer(shop)).size() == 3);
        var told = Conversation.all(shop, 5).stream()
                .flatMap(found -> found.entries("acknowledgement-withheld").stream())
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst().path("reason").asString()).contains(customer(shop));
        assertThat(post.read(customer(shop))).hasSize(3);
    }

    @Test
    void nobodyIsToldAnythingUnlessTheMailboxWantsIt() {
        var shop = shops.openWithMailbox();
        write(shop, customer(shop), "Lamp");

        var conversation = Conversation.only(shop);

        assertThat(conversation.entries("acknowledged")).isEmpty();
        assertThat(conversation.entries("acknowledgement-withheld")).isEmpty();
    }

    @Test
    void aTextWithAnUnknownVariableIsRefused() {
        var shop = shops.openWithMailbox();

        assertThat(handle(shop, "Dear {{password}}").problem()).isEqualTo("invalid-request");
    }

    private TestShop acknowledging() {
        var shop = shops.openWithMailbox();
        handle(shop, TEXT).ok();
        return shop;
    }

    private static Api.Answer handle(TestShop shop, String text) {
        var owner = shop.as("owner@" + shop.domain());
        var id = owner.get("/mailboxes").ok().at("/items/0/id").asString();
        return owner.put(
                "/mailboxes/" + id + "/handling", Map.of("trustedServers", List.of(), "acknowledgement", text));
    }

    private static String customer(TestShop shop) {
        return "ana@" + shop.domain() + ".customer.example";
    }

    private void write(TestShop shop, String from, String subject) {
        post.send("From: %s\nSubject: %s\n\nWhere is it?".formatted(from, subject), shop.mailbox());
    }
}
