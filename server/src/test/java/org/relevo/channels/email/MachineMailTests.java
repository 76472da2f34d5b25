package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** What machines send is shown for what it is and makes nobody wait; a report about our mail is shown on that mail. */
@RelevoTest
class MachineMailTests {

    private final TestShops shops;
    private final Post post;

    MachineMailTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void anOutOfOfficeNoteStaysInItsThreadAndChangesNothing() {
        var shop = shops.openWithMailbox();
        var conversation = answered(shop);

        post.send("""
                From: %s
                Subject: Out of office
                Auto-Submitted: auto-replied
                In-Reply-To: %s

                I am away.
                """.formatted(customer(shop), ourId(shop)), shop.mailbox());

        var note = conversation.messages(2).getLast().path("message");
        assertThat(note.at("/automatic/kind").asString()).isEqualTo("auto-reply");
        assertThat(note.at("/automatic/because").asString()).contains("Auto-Submitted");
        assertThat(conversation.status()).isEqualTo("pending");
        assertThat(conversation.read().path("waitingSince").isNull()).isTrue();
    }

    @Test
    void anOutOfOfficeNoteOfNoThreadIsKeptAndAsksNothing() {
        var shop = shops.openWithMailbox();
        post.send("From: ana@mail.example\nSubject: Away\nAuto-Submitted: auto-replied\n\nI am away.", shop.mailbox());

        var conversation = Conversation.only(shop);

        assertThat(conversation.status()).isEqualTo("solved");
        assertThat(conversation
                        .entries("status-changed")
                        .getFirst()
                        .path("reason")
                        .asString())
                .isEqualTo("A machine sent it: nobody waits for an answer");
    }

    @Test
    void aFormThatAMachineSendsIsAQuestionLikeAnyOther() {
        var shop = shops.openWithMailbox();
        post.send("""
                From: forms@host.example
                Reply-To: rosa@mail.example
                Subject: Contact form
                Auto-Submitted: auto-generated

                Do you deliver?
                """, shop.mailbox());

        assertThat(Conversation.only(shop).status()).isEqualTo("new");
    }

    @Test
    void aReportThatOurMailFailedIsShownOnThatMail() {
        var shop = shops.openWithMailbox();
        var conversation = answered(shop);

        post.send(report(customer(shop), ourId(shop)), shop.mailbox());

        var delivery = conversation.delivery("failed");
        assertThat(delivery.path("detail").asString()).contains(customer(shop), "550 5.1.1 no such user");
        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("It reports about a mail of this conversation");
        assertThat(conversation.status()).isEqualTo("open");
        assertThat(context(conversation).at("/customer/reported/0/because").asString())
                .contains("no such user");
    }

    @Test
    void aReportAboutAMailThatWeNeverSentChangesNothing() {
        var shop = shops.openWithMailbox();
        var conversation = answered(shop);

        post.send(
                report(customer(shop), "<r.00000000000000000000000000000000.0123456789abcdef@shop.example>"),
                shop.mailbox());

        var others = Conversation.all(shop, 2).stream()
                .filter(found -> !found.equals(conversation))
                .toList();
        assertThat(others)
                .singleElement()
                .satisfies(found -> assertThat(found.status()).isEqualTo("solved"));
        assertThat(conversation.delivery("sent").path("detail").isNull()).isTrue();
        assertThat(conversation.status()).isEqualTo("pending");
        assertThat(context(conversation).at("/customer/reported")).isEmpty();
    }

    @Test
    void anAddressThatWritesAgainIsAliveAgain() {
        var shop = shops.openWithMailbox();
        var conversation = answered(shop);
        post.send(report(customer(shop), ourId(shop)), shop.mailbox());
        await().until(() -> context(conversation).at("/customer/reported").size() == 1);

        post.send("From: %s\nSubject: Here I am\n\nHola".formatted(customer(shop)), shop.mailbox());

        await().until(() -> context(conversation).at("/customer/reported").isEmpty());
    }

    private Conversation answered(TestShop shop) {
        post.send(
                "From: %s\nSubject: Lamp\nMessage-ID: <1@mail.example>\n\nWhere?".formatted(customer(shop)),
                shop.mailbox());
        var conversation = Conversation.only(shop);
        conversation.reply("Tomorrow.");
        conversation.delivery("sent");
        return conversation;
    }

    private static JsonNode context(Conversation conversation) {
        return conversation
                .shop()
                .api()
                .get("/tickets/" + conversation.id() + "/context")
                .ok();
    }

    private static String customer(TestShop shop) {
        return "ana@" + shop.domain() + ".customer.example";
    }

    /** The Message-ID of our answer. */
    private String ourId(TestShop shop) {
        return post.readWhen(customer(shop), 1).getFirst().replaceAll("(?s).*\\nMessage-ID: (<[^>]+>).*", "$1");
    }

    private static String report(String recipient, String id) {
        return """
                From: MAILER-DAEMON@mx.example
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Your mail could not be delivered.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                --b
                Content-Type: text/rfc822-headers

                Message-ID: %s
                Subject: Re: Lamp

                --b--
                """.formatted(recipient, id);
    }
}
