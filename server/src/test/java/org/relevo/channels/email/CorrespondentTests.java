package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.support.Api;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** Nobody joins a conversation by themselves, and whoever has its address gets nothing of what was said. */
@RelevoTest
class CorrespondentTests {

    private final TestShops shops;
    private final Post post;

    CorrespondentTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aStrangerWithTheAddressIsShownAsSuchAndGetsNothing() {
        var shop = shops.openWithMailbox();
        var conversation = conversation(shop);
        write("eve@elsewhere.example", "Re: Lamp", replyAddress(conversation), shop);

        var message = conversation.messages(2).getLast().path("message");
        assertThat(message.path("stranger").asBoolean()).isTrue();
        assertThat(waiting(conversation)).containsExactly("eve@elsewhere.example");
        conversation.reply("Only for Ana.");
        assertThat(post.readWhen(customer(shop), 2)).hasSize(2);
        assertThat(post.read("eve@elsewhere.example")).isEmpty();
    }

    @Test
    void whoeverIsLetInIsNoStrangerAnyMore() {
        var shop = shops.openWithMailbox();
        var conversation = conversation(shop);
        write("luis@elsewhere.example", "Re: Lamp", replyAddress(conversation), shop);
        conversation.messages(2);

        letIn(conversation, "Luis@Elsewhere.example").ok();
        write("luis@elsewhere.example", "Re: Re: Lamp", replyAddress(conversation), shop);

        var message = conversation.messages(3).getLast().path("message");
        assertThat(message.path("stranger").asBoolean()).isFalse();
        assertThat(waiting(conversation)).isEmpty();
        assertThat(conversation.entries("participant-added")).hasSize(1);
    }

    @Test
    void nobodyIsLetInWhoDidNotWrite() {
        var shop = shops.openWithMailbox();
        var conversation = conversation(shop);

        assertThat(letIn(conversation, "nobody@elsewhere.example").problem()).isEqualTo("not-found");
        assertThat(letIn(conversation, "no address").problem()).isEqualTo("invalid-request");
    }

    @Test
    void theAuthorOfAForwardedMailBecomesTheCustomer() {
        var shop = shops.openWithMailbox();
        var conversation = conversation(shop);

        shop.api()
                .put(
                        "/tickets/" + conversation.id() + "/customer",
                        Map.of("address", "Rosa@Mail.example", "name", "Rosa Gil"))
                .ok();

        assertThat(conversation.read().at("/customer/name").asString()).isEqualTo("Rosa Gil");
        assertThat(conversation.read().at("/customer/email").asString()).isEqualTo("rosa@mail.example");
        assertThat(conversation.entries("customer-changed")).hasSize(1);
    }

    @Test
    void aFormThatSendsInOurNameIsTheMatterOfWhomItNames() {
        var shop = shops.openWithMailbox();
        post.send("""
                From: Shop <%s>
                Reply-To: Rosa Gil <rosa@mail.example>
                Subject: Contact form
                Message-ID: <form@shop.example>

                Do you deliver to the islands?
                """.formatted(shop.mailbox()), shop.mailbox());

        var ticket = Conversation.only(shop).read();

        assertThat(ticket.at("/customer/email").asString()).isEqualTo("rosa@mail.example");
        assertThat(ticket.at("/customer/name").asString()).isEqualTo("Rosa Gil");
    }

    @Test
    void anAnswerThatGoesElsewhereIsNamed() {
        var shop = shops.openWithMailbox();
        post.send("""
                From: Rosa <rosa@mail.example>
                Reply-To: other@attacker.example
                Subject: Refund
                Message-ID: <refund@mail.example>

                Please.
                """, shop.mailbox());

        var message = Conversation.only(shop).messages(1).getFirst().path("message");

        assertThat(message.path("answersTo").asString()).isEqualTo("other@attacker.example");
    }

    private Conversation conversation(TestShop shop) {
        write(customer(shop), "Lamp", shop.mailbox(), shop);
        return Conversation.only(shop);
    }

    private static String customer(TestShop shop) {
        return "ana@" + shop.domain() + ".customer.example";
    }

    private void write(String from, String subject, String to, TestShop shop) {
        post.send("""
                From: %s
                To: %s
                Subject: %s

                Hola
                """.formatted(from, to, subject), shop.mailbox());
    }

    /** Where the customer's answer to our reply goes. */
    private String replyAddress(Conversation conversation) {
        conversation.reply("Tomorrow.");
        var mail = post.readWhen(customer(conversation.shop()), 1).getFirst();
        return mail.replaceAll("(?s).*\\nReply-To: [^<]*<([^>]+)>.*", "$1");
    }

    private static Api.Answer letIn(Conversation conversation, String address) {
        return conversation
                .shop()
                .api()
                .post("/tickets/" + conversation.id() + "/participants", Map.of("address", address));
    }

    private static List<String> waiting(Conversation conversation) {
        return conversation
                .shop()
                .api()
                .get("/tickets/" + conversation.id() + "/context")
                .ok()
                .path("waiting")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
