package org.relevo.channels.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.support.Conversation;
import org.relevo.support.Installation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What becomes of replies at servers that refuse, wait, lie and hang up (R13, R14). */
@RelevoTest
class SendingTests {

    private final TestShops shops;
    private final Mailboxes mailboxes;
    private final JdbcClient jdbc;
    private final Post post;
    private final ScriptedSmtp smtp = new ScriptedSmtp();

    SendingTests(TestShops shops, Mailboxes mailboxes, JdbcClient jdbc) {
        this.shops = shops;
        this.mailboxes = mailboxes;
        this.jdbc = jdbc;
        this.post = new Post(shops.office());
    }

    @AfterEach
    void closeTheServer() throws Exception {
        smtp.close();
    }

    @Test
    void aRecipientWhomTheServerRefusesFailsWithTheServersWords() {
        smtp.answers("RCPT", "550 5.1.1 No such mailbox here");
        var conversation = aConversation();

        conversation.reply("Hola");

        var delivery = conversation.delivery("failed");
        assertThat(delivery.path("detail").asString()).contains("5.1.1 No such mailbox here");
        assertThat(delivery.path("nextAttemptAt").isNull()).isTrue();
        assertThat(conversation.read().path("deliveryFailed").asBoolean()).isTrue();
        assertThat(conversation.status()).isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "."})
    void aServerThatWillNotForNowIsAskedAgain(String verb) {
        smtp.answers(verb, "451 4.7.1 Greylisted, come back later");
        var conversation = aConversation();

        conversation.reply("Hola");

        var delivery = conversation.delivery(SendingTests::waitsAfterATry);
        assertThat(delivery.path("detail").asString()).contains("Greylisted");
        assertThat(delivery.path("nextAttemptAt").isNull()).isFalse();
    }

    @Test
    void aWrongPasswordKeepsTheReplyAndSaysSo() {
        smtp.answers("AUTH", "535 5.7.8 no");
        var conversation = aConversation();

        conversation.reply("Hola");

        assertThat(conversation
                        .delivery(SendingTests::waitsAfterATry)
                        .path("detail")
                        .asString())
                .contains("does not accept user and password");
    }

    @Test
    void aServerThatIsNotThereKeepsTheReplyAndSaysSo() {
        var conversation = aConversation(Installation.freePort());

        conversation.reply("Hola");

        assertThat(conversation
                        .delivery(SendingTests::waitsAfterATry)
                        .path("detail")
                        .asString())
                .contains("Nothing answers at 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.HANGS_UP, ScriptedSmtp.TEARS_DOWN})
    void aLineThatBreaksBeforeTheMailIsTriedAgain(String trouble) {
        smtp.answers("RCPT", trouble);
        var conversation = aConversation();

        conversation.reply("Hola");

        assertThat(conversation
                        .delivery(SendingTests::waitsAfterATry)
                        .path("detail")
                        .asString())
                .contains("ended the connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.HANGS_UP, ScriptedSmtp.TEARS_DOWN})
    void aLineThatBreaksAfterTheMailLeavesItUncertainUntilAPersonSendsItAgain(String trouble) {
        smtp.answers(".", trouble);
        var conversation = aConversation();

        var reply = conversation.reply("Hola");
        conversation.delivery("uncertain");
        await().untilAsserted(() -> assertThat(jobsOf(conversation)).isZero());
        assertThat(smtp.mails()).hasSize(1);

        smtp.answers(".", "250 taken");
        conversation.retry(reply).ok();
        conversation.delivery("sent");
        assertThat(smtp.mails()).hasSize(2);
        assertThat(smtp.mails().stream().map(mail -> header(mail, "Message-ID")).distinct())
                .hasSize(1);
    }

    @Test
    void aServerThatTakesTheMailAndTearsTheLineDownHasTakenIt() {
        smtp.answers("QUIT", ScriptedSmtp.TEARS_DOWN);
        var conversation = aConversation();

        conversation.reply("Hola");

        conversation.delivery("sent");
        assertThat(smtp.mails()).hasSize(1);
    }

    @Test
    void aReplyThatIsTakenBackInTimeNeverLeaves() {
        var conversation = aConversation();
        var reply = conversation.reply(Map.of("text", "Hola", "undoSeconds", 60));

        conversation.cancel(reply).ok();

        assertThat(conversation
                        .entries("reply")
                        .getFirst()
                        .at("/message/delivery/state")
                        .asString())
                .isEqualTo("cancelled");
        assertThat(conversation.status()).isEqualTo("open");
        assertThat(conversation.read().path("waitingSince").isNull()).isFalse();
        assertThat(smtp.mails()).isEmpty();
        conversation.reply("Hola, Ana");
        conversation.delivery("sent");
        assertThat(header(smtp.mails().getFirst(), "In-Reply-To")).isEqualTo("<question@mail.example>");
    }

    @Test
    void aReplyThatHasLeftCannotBeTakenBack() {
        var conversation = aConversation();
        var reply = conversation.reply("Hola");
        conversation.delivery("sent");

        assertThat(conversation.cancel(reply).problem()).isEqualTo("already-sent");
        assertThat(conversation.retry(reply).problem()).isEqualTo("already-sent");
    }

    @Test
    void nobodyCanAddAHeader() throws Exception {
        var shop = connected(smtp.port());
        post.send("""
                From: =?utf-8?q?Ana=0D=0ABcc=3A_eve=40mail.example?= <ana@customer.example>
                To: %s
                Subject: =?utf-8?q?Lamp=0D=0ABcc=3A_eve=40mail.example?=
                Message-ID: <question@mail.example>

                Hola
                """.formatted(shop.mailbox()), shop.mailbox());
        var conversation = Conversation.only(shop);
        var file = upload(shop, "a%0D%0ABcc: eve@mail.example.txt", "x".getBytes(UTF_8));

        conversation.reply(Map.of("text", "Hola\r\n.\r\nMAIL FROM:<eve@mail.example>", "attachmentIds", List.of(file)));

        conversation.delivery("sent");
        var mail = parsed(smtp.mails().getFirst());
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("Re: Lamp Bcc: eve@mail.example");
        assertThat(smtp.commands().stream().filter(line -> line.startsWith("MAIL")))
                .hasSize(1);
        assertThat(smtp.commands().stream().filter(line -> line.startsWith("RCPT")))
                .containsExactly("RCPT TO:<ana@customer.example>");
    }

    @Test
    void wordsAndFilesArriveAsTheyWereWritten() throws Exception {
        var conversation = aConversation();
        var bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        var file = upload(conversation.shop(), "factura año 2026.pdf", bytes);

        conversation.reply(Map.of("text", "¿Llegó? Sí — 10 €\n.\n..dots", "attachmentIds", List.of(file)));

        conversation.delivery("sent");
        var mail = new MailParser().parse(smtp.mails().getFirst().getBytes(ISO_8859_1));
        assertThat(mail.subject()).isEqualTo("Re: ¿Dónde está mi lámpara?");
        assertThat(mail.author().address()).isEqualTo(conversation.shop().mailbox());
        assertThat(mail.author().name()).contains("Tienda Niño");
        assertThat(mail.text()).isEqualTo("¿Llegó? Sí — 10 €\n.\n..dots");
        assertThat(mail.parts()).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo("factura año 2026.pdf");
            assertThat(part.content()).isEqualTo(bytes);
        });
    }

    @Test
    void aReplyNamesTheTenNewestMailsOfItsThread() {
        var conversation = aConversation();
        IntStream.rangeClosed(1, 14)
                .forEach(number -> post.send(
                        """
                From: ana@customer.example
                To: %s
                Message-ID: <more%d@mail.example>
                In-Reply-To: <question@mail.example>

                More %d
                """.formatted(conversation.shop().mailbox(), number, number),
                        conversation.shop().mailbox()));
        conversation.messages(15);

        conversation.reply("Hola");

        conversation.delivery("sent");
        var named = header(smtp.mails().getFirst(), "References").split("\\s+");
        assertThat(named).hasSize(10).doesNotHaveDuplicates().doesNotContain("<question@mail.example>");
        assertThat(header(smtp.mails().getFirst(), "In-Reply-To")).isEqualTo(named[9]);
    }

    private static boolean waitsAfterATry(JsonNode delivery) {
        return "queued".equals(delivery.path("state").asString())
                && delivery.path("attempts").asInt() > 0;
    }

    private Conversation aConversation() {
        return aConversation(smtp.port());
    }

    private Conversation aConversation(int smtpPort) {
        var shop = connected(smtpPort);
        post.send("""
                From: Ana Ruiz <ana@customer.example>
                To: %s
                Subject: ¿Dónde está mi lámpara?
                Message-ID: <question@mail.example>

                Hola
                """.formatted(shop.mailbox()), shop.mailbox());
        return Conversation.only(shop);
    }

    /** A shop that reads at the office and sends through the port. */
    private TestShop connected(int smtpPort) {
        var shop = shops.open();
        shops.office().createAccount(shop.mailbox(), TestShops.PASSWORD);
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Tienda Niño",
                    new MailServer("127.0.0.1", shops.office().imapPort(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", smtpPort, MailServer.Security.NONE),
                    shop.mailbox(),
                    TestShops.PASSWORD,
                    null,
                    3650,
                    true));
            return shop;
        });
        return shop;
    }

    private static String upload(TestShop shop, String name, byte[] bytes) {
        var head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/pdf\r\n\r\n";
        var body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
        return shop.api()
                .post("/attachments", "multipart/form-data; boundary=b", body.toByteArray())
                .ok()
                .path("id")
                .asString();
    }

    private long jobsOf(Conversation conversation) {
        var message = conversation.entries("reply").getLast().at("/message/id").asString();
        return jdbc.sql("select count(*) from platform.scheduled_tasks where task_instance = :id")
                .param("id", message)
                .query(Long.class)
                .single();
    }

    private static String header(String mail, String name) {
        try {
            return String.join(" ", parsed(mail).getHeader(name)).replaceAll("\\s+", " ");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage parsed(String mail) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
    }
}
