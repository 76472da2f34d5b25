package org.relevo.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** Which conversation a mail joins, whose it is and what it is about (R2, R3). */
@RelevoTest
class IntakeTests {

    private final TestShops shops;
    private final Mailboxes mailboxes;
    private final Post post;

    IntakeTests(TestShops shops, Mailboxes mailboxes) {
        this.shops = shops;
        this.mailboxes = mailboxes;
        this.post = new Post(shops.office());
    }

    @Test
    void anAnswerToTheConversationsAddressJoinsItWhateverItNames() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var conversation = Conversation.only(shop);

        post.send(mail(replyAddress(conversation), "<2@mail.example>", "Something else", ""), shop.mailbox());

        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("It was sent to the address of this conversation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "forged", "longer", "encoded", "another ticket's"})
    void aTouchedAddressJoinsNothing(String touch) {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var address = replyAddress(Conversation.only(shop));
        var at = address.indexOf('@');
        var touched = switch (touch) {
            case "truncated" -> address.substring(0, at - 1) + address.substring(at);
            case "forged" -> address.substring(0, at - 16) + "0123456789abcdef" + address.substring(at);
            case "longer" -> address.substring(0, at) + "0" + address.substring(at);
            case "encoded" -> address.replace("+", "%2B");
            default -> address.replaceFirst("\\+c.", "+cz");
        };

        post.send(mail(touched, "<2@mail.example>", "Lamp", ""), shop.mailbox());

        assertThat(Conversation.all(shop, 2)).hasSize(2);
    }

    @Test
    void anAnswerToOurMailJoinsIt() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var conversation = Conversation.only(shop);
        conversation.reply("Tomorrow.");
        var ours = post.readWhen(customer(shop), 1)
                .getFirst()
                .lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow()
                .substring(12);

        send(shop, "<2@mail.example>", "Something else", "References: " + ours);

        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("It answers a mail of this conversation");
        assertThat(conversation.status()).isEqualTo("open");
    }

    @Test
    void twoMailsThatNameTheSameUnknownMailAreOneConversation() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "References: <unseen@mail.example>");
        var conversation = Conversation.only(shop);

        send(shop, "<2@mail.example>", "Lamp", "In-Reply-To: <unseen@mail.example>");

        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("It names the same earlier mail");
    }

    @Test
    void anAnswerThatComesBeforeItsQuestionWaitsForIt() {
        var shop = shops.openWithMailbox();
        send(shop, "<2@mail.example>", "Re: Lamp", "In-Reply-To: <1@mail.example>");
        var conversation = Conversation.only(shop);

        send(shop, "<1@mail.example>", "Lamp", "");

        assertThat(conversation.messages(2)).hasSize(2);
        assertThat(Conversation.all(shop, 1)).hasSize(1);
    }

    @Test
    void twoMailsOfOneIdButOtherWordsAreTwoConversations() {
        var shop = shops.openWithMailbox();
        send(shop, "<form@shop.example>", "Ana asks", "");
        Conversation.only(shop);

        send(shop, "<form@shop.example>", "Marta asks", "");

        assertThat(Conversation.all(shop, 2))
                .extracting(Conversation::subject)
                .containsExactlyInAnyOrder("Ana asks", "Marta asks");
    }

    @Test
    void twoMailsWithoutAnIdThatDifferOnlyInTheirFilesAreBothShown() {
        var shop = shops.openWithMailbox();
        for (var content : List.of("first", "second")) {
            post.send("""
                    From: scanner@shop.example
                    Subject: Scan
                    MIME-Version: 1.0
                    Content-Type: application/pdf; name=scan.pdf

                    %s
                    """.formatted(content), shop.mailbox());
        }

        assertThat(Conversation.all(shop, 2)).hasSize(2);
    }

    @Test
    void aNumberInTheSubjectCountsForTheCustomer() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var conversation = Conversation.only(shop);
        var number = conversation.read().path("number").asString();

        send(shop, "<2@mail.example>", "Re: Lamp [#" + number + "]", "");

        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("Its subject names this conversation, and the sender takes part in it");
    }

    @Test
    void aNumberInTheSubjectJoinsNothingForAnybodyElse() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var number = Conversation.only(shop).read().path("number").asString();

        post.send("""
                From: eve@elsewhere.example
                Subject: Re: Lamp [#%s]
                Message-ID: <2@elsewhere.example>

                What did she say?
                """.formatted(number), shop.mailbox());

        assertThat(Conversation.all(shop, 2)).hasSize(2);
    }

    @Test
    void oneMailToTwoOfOurAddressesIsOneMessage() {
        var shop = shops.openWithMailbox();
        var second = "sales@" + shop.domain();
        shops.connect(shop, second, null);
        var mail = "From: ana@mail.example\nTo: %s, %s\nSubject: Lamp\nMessage-ID: <1@mail.example>\n\nHola"
                .formatted(shop.mailbox(), second);

        post.send(mail, shop.mailbox());
        Conversation.only(shop);
        post.send(mail, second);

        var conversation = Conversation.only(shop);
        await().until(() ->
                !conversation.messages(1).getFirst().at("/message/alsoTo").isEmpty());
        var message = conversation.messages(1).getFirst().path("message");
        assertThat(message.at("/alsoTo/0").asString()).isEqualTo(second);
        assertThat(Conversation.all(shop, 1)).hasSize(1);
    }

    @Test
    void whoGuessesAddressesIsHeardAndNotBelieved() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var address = replyAddress(Conversation.only(shop));
        var wrong = IntStream.rangeClosed(1, 21)
                .mapToObj(place -> address.replace("+c", "+c" + place))
                .collect(Collectors.joining(", "));

        post.send("From: eve@elsewhere.example\n" + mail(wrong, "<2@elsewhere.example>", "One", ""), shop.mailbox());
        Conversation.all(shop, 2);
        post.send("From: eve@elsewhere.example\n" + mail(address, "<3@elsewhere.example>", "Two", ""), shop.mailbox());

        assertThat(Conversation.all(shop, 3))
                .extracting(Conversation::subject)
                .containsExactlyInAnyOrder("Lamp", "One", "Two");
    }

    @Test
    void anAnswerJoinsByTheNumberWhereTheMailboxKnowsNoPlusAddresses() throws MessagingException {
        var shop = shops.openWithMailbox();
        read(shop, shops.office(), false);
        send(shop, "<1@mail.example>", "RE: Rép: Lamp", "");
        var conversation = Conversation.only(shop);
        conversation.reply("Tomorrow.");
        var ours = ScriptedShop.parsed(post.readWhen(customer(shop), 1).getFirst());
        var subject = "Re: Lamp [#" + conversation.read().path("number").asString() + "]";
        assertThat(ours.getSubject()).isEqualTo(subject);
        assertThat(ours.getHeader("Reply-To")).isNull();

        send(shop, "<2@mail.example>", "RV: " + subject, "");

        assertThat(conversation.messages(2).getLast().path("reason").asString())
                .isEqualTo("Its subject names this conversation, and the sender takes part in it");
    }

    @Test
    void anAnswerToAClosedConversationFollowsIt() {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "Lamp", "");
        var closed = Conversation.only(shop);
        shop.api()
                .put("/tickets/" + closed.id() + "/status", Map.of("status", "closed"))
                .ok();

        send(shop, "<2@mail.example>", "Re: Lamp", "In-Reply-To: <1@mail.example>");

        var next = Conversation.all(shop, 2).stream()
                .filter(found -> !found.equals(closed))
                .findFirst()
                .orElseThrow();
        assertThat(next.read().at("/followUpOf/id").asString()).isEqualTo(closed.id());
        assertThat(closed.status()).isEqualTo("closed");
        assertThat(closed.entries("message-received")).hasSize(1);
    }

    @Test
    void aMailboxThatMovedToAnotherServerLosesAndDoublesNothing() throws IOException {
        var shop = shops.openWithMailbox();
        send(shop, "<1@mail.example>", "One", "");
        send(shop, "<2@mail.example>", "Two", "");
        Conversation.all(shop, 2);

        try (var second = PostOffice.open(Files.createTempDirectory("relevo-post"), 0, 0, _ -> TestShops.PASSWORD)) {
            var there = new Post(second);
            there.send(mail(shop.mailbox(), "<2@mail.example>", "Two", "", shop), shop.mailbox());
            there.send(mail(shop.mailbox(), "<3@mail.example>", "Three", "", shop), shop.mailbox());
            there.send(mail(shop.mailbox(), "<1@mail.example>", "One", "", shop), shop.mailbox());
            there.send(mail(shop.mailbox(), "<4@mail.example>", "Four", "", shop), shop.mailbox());
            read(shop, second);

            assertThat(Conversation.all(shop, 4))
                    .extracting(Conversation::subject)
                    .containsExactlyInAnyOrder("One", "Two", "Three", "Four");
        } finally {
            read(shop, shops.office());
        }
    }

    private void read(TestShop shop, PostOffice office) {
        read(shop, office, true);
    }

    private void read(TestShop shop, PostOffice office, boolean plusAddressing) {
        var imap = new MailServer("127.0.0.1", office.imapPort(), MailServer.Security.NONE);
        var smtp = new MailServer("127.0.0.1", office.smtpPort(), MailServer.Security.NONE);
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    imap,
                    smtp,
                    shop.mailbox(),
                    TestShops.PASSWORD,
                    null,
                    3650,
                    plusAddressing));
            return shop;
        });
    }

    @Test
    void theOrderIsFoundByItsNumberOrByItsBuyer() {
        var shop = shops.openWithMailbox();
        order(shop, "AU-20418", customer(shop));
        order(shop, "AU-20419", "somebody@mail.example");
        send(shop, "<1@mail.example>", "Where is AU-20418?", "");
        send(shop, "<2@mail.example>", "No number", "");
        send(shop, "<3@mail.example>", "What about AU-20419?", "");

        var reasons = Conversation.all(shop, 3).stream().map(Conversation::read).toList();
        assertThat(reasons)
                .extracting(ticket -> ticket.path("subject").asString(), IntakeTests::orderOf)
                .containsExactlyInAnyOrder(
                        tuple("Where is AU-20418?", "AU-20418"),
                        tuple("No number", "AU-20418"),
                        tuple("What about AU-20419?", "AU-20419"));
        assertThat(reasons)
                .allSatisfy(ticket ->
                        assertThat(ticket.path("orderReason").asString()).isNotBlank());
        assertThat(reasons.stream()
                        .map(ticket -> ticket.path("orderReason").asString())
                        .distinct())
                .hasSize(3);
    }

    private static String orderOf(JsonNode ticket) {
        return ticket.at("/order/number").asString();
    }

    private static void order(TestShop shop, String number, String email) {
        var id = shop.as("owner@" + shop.domain())
                .post("/shops", Map.of("kind", "generic", "name", "Shop"))
                .ok()
                .path("id")
                .asString();
        shop.api()
                .put(
                        "/shops/" + id + "/orders",
                        Map.of(
                                "orders",
                                List.of(Map.of(
                                        "number", number,
                                        "placedAt", "2026-03-20T10:00:00Z",
                                        "status", "processing",
                                        "currency", "EUR",
                                        "total", "10",
                                        "customer", Map.of("name", "Ana", "email", email),
                                        "lines", List.of()))))
                .ok();
    }

    @Test
    void aCustomerIsKnownByTheAddressAndNamedAsSoonAsTheySayTheirName() {
        var shop = shops.openWithMailbox();
        var address = customer(shop);
        post.send("From: " + address + "\nSubject: One\nMessage-ID: <1@a.example>\n\nHola", shop.mailbox());
        assertThat(Conversation.only(shop).read().at("/customer/name").asString())
                .isEqualTo(address);

        var shouted = "Ana Ruiz <" + address.toUpperCase(Locale.ROOT) + ">";
        post.send("From: " + shouted + "\nSubject: Two\nMessage-ID: <2@a.example>\n\nHola", shop.mailbox());
        Conversation.all(shop, 2);
        post.send("From: Eve <" + address + ">\nSubject: Three\nMessage-ID: <3@a.example>\n\nHola", shop.mailbox());

        var tickets = Conversation.all(shop, 3).stream().map(Conversation::read).toList();
        assertThat(tickets.stream()
                        .map(ticket -> ticket.at("/customer/id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(tickets)
                .allSatisfy(ticket ->
                        assertThat(ticket.at("/customer/name").asString()).isEqualTo("Ana Ruiz"));
    }

    @Test
    void aMailThatCannotBeReadIsATicketWithItsSource() {
        var shop = shops.openWithMailbox();
        var mail = "\0\0\0\r\n\r\n".getBytes(UTF_8);

        post.send(mail, shop.mailbox());

        var message = Conversation.only(shop).messages(1).getFirst().path("message");
        assertThat(message.path("unreadable").asBoolean()).isTrue();
        var source = message.path("attachments").get(0);
        assertThat(source.path("name").asString()).isEqualTo("original.eml");
        assertThat(shop.stranger().get(source.path("url").asString()).raw().body())
                .isEqualTo(mail);
        var waiting = shop.api().get("/inbound").ok().path("items");
        assertThat(waiting).hasSize(1);

        var item = "/inbound/" + waiting.get(0).path("id").asString();
        shop.api().post(item + "/dismiss", Map.of()).ok();

        assertThat(shop.api().get("/inbound").ok().path("items")).isEmpty();
        assertThat(shop.api().get("/inbound?state=unreadable").ok().path("items"))
                .hasSize(1);
        assertThat(shop.api().post(item + "/dismiss", Map.of()).problem()).isEqualTo("not-found");
    }

    @Test
    void filesArriveByteByByte() {
        var shop = shops.openWithMailbox();
        post.send("""
                From: ana@customer.example
                Subject: Photo
                MIME-Version: 1.0
                Content-Type: image/png; name="../../etc/passwd.png"
                Content-Transfer-Encoding: base64

                iVBORw0KGgoAAAD/
                """, shop.mailbox());

        var file = Conversation.only(shop).messages(1).getFirst().at("/message/attachments/0");
        assertThat(file.path("name").asString()).isEqualTo("passwd.png");
        assertThat(shop.stranger().get(file.path("url").asString()).raw().body())
                .isEqualTo(Base64.getDecoder().decode("iVBORw0KGgoAAAD/"));
    }

    private String replyAddress(Conversation conversation) {
        conversation.reply("Tomorrow.");
        var mail = post.readWhen(customer(conversation.shop()), 1).getFirst();
        return mail.replaceAll("(?s).*\\nReply-To: [^<]*<([^>]+)>.*", "$1");
    }

    private void send(TestShop shop, String id, String subject, String more) {
        post.send(mail(shop.mailbox(), id, subject, more, shop), shop.mailbox());
    }

    private static String customer(TestShop shop) {
        return "ana@" + shop.domain() + ".customer.example";
    }

    private static String mail(String to, String id, String subject, String more, TestShop shop) {
        return "From: " + customer(shop) + "\n" + mail(to, id, subject, more);
    }

    private static String mail(String to, String id, String subject, String more) {
        return "To: %s\nSubject: %s\nMessage-ID: %s\n%s\nHola\n"
                .formatted(to, subject, id, more.isEmpty() ? "" : more + "\n");
    }
}
