package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.Conversation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Who gets a reply, who got it, and that nobody gets it twice. */
@RelevoTest
class RecipientTests {

    private static final Map<String, Object> TO_THREE =
            Map.of("text", "Hola", "cc", List.of("bea@partner.example"), "bcc", List.of("carla@hidden.example"));

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final ScriptedShop shop;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RecipientTests(TestShops shops, Mailboxes mailboxes, JdbcClient jdbc, TransactionTemplate transaction) {
        shop = ScriptedShop.open(shops, mailboxes, smtp.port());
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @AfterEach
    void closeTheServer() throws Exception {
        smtp.close();
    }

    @Test
    void everybodyGetsItAndNobodyReadsOfTheHiddenCopy() throws Exception {
        var conversation = shop.conversation();

        conversation.reply(TO_THREE);

        var delivery = conversation.delivery("sent");
        assertThat(recipients(delivery, "state")).containsExactly("sent", "sent", "sent");
        assertThat(asked())
                .containsExactly(
                        "RCPT TO:<ana@customer.example>",
                        "RCPT TO:<bea@partner.example>",
                        "RCPT TO:<carla@hidden.example>");
        assertThat(smtp.mails()).singleElement().asString().doesNotContainIgnoringCase("carla");
        assertThat(ScriptedShop.parsed(smtp.mails().getFirst()).getHeader("Cc")).containsExactly("bea@partner.example");
    }

    /** The process died after the last address had answered and before the reply was noted as sent. */
    @Test
    void whatEverybodyHasIsNotSentAgainAndEndsAsSent() {
        var conversation = shop.conversation();
        var reply = conversation.reply(TO_THREE);
        conversation.delivery("sent");
        forgetTheEnd(conversation);

        conversation.retry(reply).ok();

        conversation.delivery("sent");
        assertThat(smtp.mails()).hasSize(1);
    }

    private void forgetTheEnd(Conversation conversation) {
        conversation
                .shop()
                .inside(() -> transaction.execute(_ -> {
                    jdbc.sql("update tickets.messages set delivery = 'queued' where kind = 'reply'")
                            .update();
                    return jdbc.sql("update channels.outbound set state = 'queued'")
                            .update();
                }));
    }

    @Test
    void theRefusedOneIsNamedAndOnlyTheyAreTriedAgain() {
        smtp.answers("RCPT TO:<bea@partner.example>", "550 5.1.1 Bea is not here");
        var conversation = shop.conversation();

        var reply = conversation.reply(TO_THREE);

        var delivery = conversation.delivery("failed");
        assertThat(recipients(delivery, "state")).containsExactly("sent", "failed", "sent");
        assertThat(delivery.path("detail").asString())
                .isEqualTo("Sent to ana@customer.example, carla@hidden.example. "
                        + "Not taken: bea@partner.example: 550 5.1.1 Bea is not here");
        smtp.answers("RCPT TO:<bea@partner.example>", "250 welcome");
        smtp.commands().clear();
        conversation.retry(reply).ok();
        conversation.delivery("sent");
        assertThat(asked()).containsExactly("RCPT TO:<bea@partner.example>");
    }

    @Test
    void whoIsToWaitIsTriedAgainWithoutTheOthers() {
        smtp.answers("RCPT TO:<bea@partner.example>", "450 4.2.0 Greylisted");
        var conversation = shop.conversation();

        var reply = conversation.reply(TO_THREE);

        var delivery = conversation.delivery(RecipientTests::waits);
        assertThat(recipients(delivery, "state")).containsExactly("sent", "queued", "sent");
        assertThat(recipients(delivery, "detail")).element(1).asString().contains("Greylisted");
        smtp.answers("RCPT TO:<bea@partner.example>", "250 welcome");
        smtp.commands().clear();
        conversation.retry(reply).ok();
        conversation.delivery("sent");
        assertThat(asked()).containsExactly("RCPT TO:<bea@partner.example>");
    }

    @Test
    void aLineThatBreaksAfterTheMailLeavesOnlyThoseUncertainWhomTheServerTook() {
        smtp.answers("RCPT TO:<bea@partner.example>", "550 no").answers(".", ScriptedSmtp.HANGS_UP);
        var conversation = shop.conversation();

        conversation.reply(TO_THREE);

        assertThat(recipients(conversation.delivery("uncertain"), "state"))
                .containsExactly("uncertain", "failed", "uncertain");
    }

    @Test
    void everyMailNamesItsReplyInTheEnvelopeAndUsInAHeader() throws Exception {
        var conversation = shop.conversation();

        conversation.reply("Hola");

        conversation.delivery("sent");
        assertThat(smtp.commands())
                .anyMatch(line -> line.matches("MAIL FROM:<hello\\+b[0-9a-z]{1,12}\\.[0-9a-z]{25}@shop.*>"));
        var mail = ScriptedShop.parsed(smtp.mails().getFirst());
        assertThat(mail.getHeader(ReplyAddress.INSTANCE_HEADER)).hasSize(1);
        assertThat(mail.getHeader("Reply-To")[0]).containsPattern("hello\\+c[0-9a-z]{1,12}\\.[0-9a-z]{25}@shop");
    }

    @Test
    void othersOfTheLastMessageAreOfferedAndNotAdded() {
        var own = "Hello@" + shop.shop().domain();
        var conversation = shop.conversation("ana@customer.example", "Cc: luis@customer.example, " + own);

        var sending = shop.sending(conversation);
        conversation.reply("Hola");

        assertThat(texts(sending.path("to"))).containsExactly("ana@customer.example");
        assertThat(texts(sending.path("offered"))).containsExactly("luis@customer.example");
        conversation.delivery("sent");
        assertThat(asked()).containsExactly("RCPT TO:<ana@customer.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@b@c.example",
                "a b@c.example",
                "a@c.example\r\nRCPT TO:<eve@mail.example>",
                "<a@c.example>",
                "a@c.example, b@c.example",
                "\u202ea@c.example"
            })
    void whatIsNoAddressIsRefusedBeforeAnythingIsSent(String address) {
        var conversation = shop.conversation();

        var answer = shop.shop()
                .api()
                .post("/tickets/" + conversation.id() + "/replies", Map.of("text", "Hola", "cc", List.of(address)));

        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(conversation.entries("reply")).isEmpty();
    }

    private List<String> asked() {
        return smtp.commands().stream().filter(line -> line.startsWith("RCPT")).toList();
    }

    private static List<String> recipients(JsonNode delivery, String field) {
        return delivery.path("recipients")
                .valueStream()
                .map(one -> one.path(field).asString(""))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static boolean waits(JsonNode delivery) {
        return "queued".equals(delivery.path("state").asString())
                && delivery.path("attempts").asInt() > 0;
    }
}
