package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;

/** As whom a reply goes, what stands below it and how large it may be. */
@RelevoTest
class SenderTests {

    private final ScriptedSmtp smtp =
            new ScriptedSmtp().answers("EHLO", "250-scripted\r\n250-SIZE 100000\r\n250 AUTH PLAIN");
    private final ScriptedShop shop;

    SenderTests(TestShops shops, Mailboxes mailboxes) {
        shop = ScriptedShop.open(shops, mailboxes, smtp.port());
    }

    @AfterEach
    void closeTheServer() throws Exception {
        smtp.close();
    }

    @Test
    void theReplyGoesFromTheAddressThatTheCustomerWroteTo() throws Exception {
        sender("hola@aurora.example", "Aurora", "", true);
        sender("hallo@nord.example", "Nord", "", false);
        var conversation = shop.conversation("ana@customer.example", "Cc: Hallo@nord.example");

        conversation.reply("Hola");

        conversation.delivery("sent");
        var mail = ScriptedShop.parsed(smtp.mails().getFirst());
        assertThat(mail.getFrom()[0].toString()).contains("hallo@nord.example");
        assertThat(mail.getHeader("Reply-To")).isNull();
        assertThat(smtp.mails().getFirst()).contains("Nord").doesNotContain("aurora");
    }

    @Test
    void elseItGoesFromTheUsualOneUnlessItsWriterChooses() throws Exception {
        sender("hola@aurora.example", "Aurora", "", true);
        var other = sender("hallo@nord.example", "Nord", "", false);
        var conversation = shop.conversation();

        conversation.reply("Hola");
        conversation.delivery("sent");
        conversation.reply(Map.of("text", "Hola", "senderId", other));
        Awaitility.await().until(() -> smtp.mails().size() == 2);

        assertThat(from(0)).contains("hola@aurora.example");
        assertThat(from(1)).contains("hallo@nord.example");
    }

    @Test
    void theSignatureStandsBelowTheTextUnlessItIsSwitchedOff() throws Exception {
        sender("hola@aurora.example", "Aurora", "{{agent.name}}\n{{shop.name}} · no. {{ticket.number}}", true);
        var conversation = shop.conversation();

        conversation.reply("Hola, Ana");
        conversation.delivery("sent");
        conversation.reply(Map.of("text", "Adiós", "signed", false));
        Awaitility.await().until(() -> smtp.mails().size() == 2);

        var number = conversation.read().path("number").asLong();
        assertThat(text(0))
                .isEqualTo("Hola, Ana\r\n\r\n-- \r\ntests\r\nShop %s · no. %d"
                        .formatted(shop.shop().domain().replaceAll("\\D", ""), number));
        assertThat(text(1)).isEqualTo("Adiós");
        assertThat(shop.sending(conversation).at("/senders/0/signature").asString())
                .startsWith("tests\nShop");
    }

    @ParameterizedTest
    @CsvSource({
        "hola, Aurora, x, /to",
        "hola@aurora.example, Aurora, {{customer.iban}}, /signature",
        "hola@aurora.example, Aurora, {{7*7}}, /signature",
        "hola@aurora.example, Aurora, {{shop.name, /signature"
    })
    void whatCannotBeSentIsRefusedWhenItIsSaved(String address, String name, String signature, String pointer) {
        var answer = shop.shop()
                .api()
                .post(
                        "/mailboxes/" + shop.mailbox() + "/senders",
                        Map.of("address", address, "name", name, "signature", signature, "usual", false));

        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void aSenderCanBeChangedAndTakenAway() {
        var id = sender("hola@aurora.example", "Aurora", "", true);
        var path = "/mailboxes/" + shop.mailbox() + "/senders";
        var api = shop.shop().api();

        var changed = Map.of("address", "hola@aurora.example", "name", "Aurora Norte", "signature", "", "usual", true);
        assertThat(api.put(path + "/" + id, changed).ok().path("name").asString())
                .isEqualTo("Aurora Norte");
        assertThat(api.post(path, changed).status()).isEqualTo(422);
        assertThat(api.delete(path + "/" + id).status()).isEqualTo(204);
        assertThat(api.get(path).ok().path("items")).isEmpty();
    }

    @Test
    void whatTheServerWouldNotTakeIsRefusedBeforeItIsSent() {
        var conversation = shop.conversation();
        Awaitility.await()
                .until(() -> shop.sending(conversation).path("largestMail").asLong(0) == 100_000);

        var answer = shop.shop()
                .api()
                .post("/tickets/" + conversation.id() + "/replies", Map.of("text", "x".repeat(60_000)));

        assertThat(answer.problem()).isEqualTo("mail-too-large");
        assertThat(answer.body().path("detail").asString()).contains("0.1 MB");
        assertThat(conversation.entries("reply")).isEmpty();
    }

    private String sender(String address, String name, String signature, boolean usual) {
        return shop.sender(Map.of("address", address, "name", name, "signature", signature, "usual", usual))
                .path("id")
                .asString();
    }

    private String from(int mail) throws Exception {
        return List.of(ScriptedShop.parsed(smtp.mails().get(mail)).getFrom()).toString();
    }

    private String text(int mail) throws Exception {
        return ScriptedShop.parsed(smtp.mails().get(mail))
                .getContent()
                .toString()
                .strip();
    }
}
