package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.access.Workspaces;
import org.relevo.channels.email.ForwardingAddress;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.channels.email.Receiving;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWorkers;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.platform.database.DataFolder;
import org.relevo.support.Conversation;
import org.relevo.support.Installation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.SharedData;
import org.relevo.support.SmtpLine;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Mail that shops forward: taken in once it is stored, for whom it is for, and for nobody else. */
@RelevoTest
class SmtpReceiverTests {

    private static final int LARGEST = 100_000;
    private static final int MOST_RECIPIENTS = 5;
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private final TestShops shops;
    private final Mailboxes mailboxes;
    private final MailboxTable table;
    private final Forwarding forwarding;
    private final Workspaces workspaces;
    private final ForwardingAddress addresses;
    private final BlobStore blobs;
    private final InboundStore inbound;
    private final InboundWorkers workers;
    private final LastMail lastMail;
    private final DataFolder data;
    private SmtpServer server;

    SmtpReceiverTests(
            TestShops shops,
            Mailboxes mailboxes,
            MailboxTable table,
            Forwarding forwarding,
            Workspaces workspaces,
            ForwardingAddress addresses,
            BlobStore blobs,
            InboundStore inbound,
            InboundWorkers workers,
            LastMail lastMail,
            DataFolder data)
            throws IOException {
        this.shops = shops;
        this.mailboxes = mailboxes;
        this.table = table;
        this.forwarding = forwarding;
        this.workspaces = workspaces;
        this.addresses = addresses;
        this.blobs = blobs;
        this.inbound = inbound;
        this.workers = workers;
        this.lastMail = lastMail;
        this.data = data;
        this.server = SmtpServer.open(usual(), forwarding);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aForwardedMailBecomesATicketBelowOurOwnFields() throws IOException {
        var shop = forwarded();

        send(mail("Lamp", "1"), secret(shop));

        var conversation = Conversation.only(shop);
        assertThat(conversation.subject()).isEqualTo("Lamp");
        assertThat(raw(shop))
                .startsWith("Return-Path: <marta.gil@correo.example>\r\nDelivered-To: " + secret(shop)
                        + "\r\nReceived: from tester ([127.0.0.1])\r\n\tby localhost (RELEVO) with ESMTP; ")
                .endsWith(mail("Lamp", "1"));
    }

    @Test
    void aMailThatIsBroughtAgainIsOne() throws IOException {
        var shop = forwarded();

        send(mail("Lamp", "1"), secret(shop));
        send(mail("Lamp", "1"), secret(shop));

        Conversation.only(shop);
        assertThat(arrivals(shop)).isEqualTo(1);
    }

    @Test
    void anAnswerToTheSignedAddressJoinsItsConversation() throws IOException {
        var shop = forwarded();
        send(mail(customer(shop), "Lamp", "1"), shop.mailbox());
        var conversation = Conversation.only(shop);
        conversation.reply("Tomorrow.");
        var address = replyAddress(customer(shop));

        send(mail("Other", "2"), address);

        assertThat(conversation.messages(2)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@elsewhere.example",
                "owner@%s",
                "hello@elsewhere.example",
                "hello+x@%s",
                "hello+c0000000000000000000000000.0000000000000000000000000@%s",
                "in+0000000000000000000000000@localhost",
                "in+@localhost",
                "@elsewhere.example:ana@%s",
                "ana%%elsewhere.example@%s",
                "'; drop table x; --@%s"
            })
    void nothingIsTakenInForAnybodyElse(String address) throws IOException {
        var shop = forwarded();

        try (var line = greeted()) {
            line.say("MAIL FROM:<marta.gil@correo.example>");

            assertThat(line.say("RCPT TO:<" + address.formatted(shop.domain()) + ">"))
                    .startsWith("550 5.1.1");
            assertThat(line.say("DATA")).startsWith("503 5.5.1");
            assertThat(line.say("VRFY hello")).startsWith("502");
            assertThat(line.say("EXPN hello")).startsWith("502");
        }
    }

    @Test
    void aMailboxThatIsReadByImapTakesInNothing() throws IOException {
        var shop = shops.openWithMailbox();

        try (var line = greeted()) {
            line.say("MAIL FROM:<>");

            assertThat(line.say("RCPT TO:<" + shop.mailbox() + ">")).startsWith("550 5.1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVerdictOnTheSenderCountsOnlyFromWhoKnowsTheForwardingAddress(boolean secret) throws IOException {
        var shop = forwarded();
        trust(shop, "mx.shop.example");
        var claim = "Authentication-Results: mx.shop.example; dmarc=pass\r\n";

        send(claim + mail("Lamp", "1"), secret ? secret(shop) : shop.mailbox());

        var message = Conversation.only(shop).messages(1).getFirst();
        assertThat(message.at("/message/sender/verdict").asString()).isEqualTo(secret ? "verified" : "unknown");
    }

    @Test
    void aMailWithinAMailIsOneMail() throws IOException {
        var shop = forwarded();
        var smuggling = Files.readAllBytes(SharedData.at("security/own/mail/bare-lf-smuggle.eml"));

        try (var line = greeted()) {
            line.send(smuggling, secret(shop));
            assertThat(line.say("NOOP")).startsWith("250");
        }

        Conversation.only(shop);
        assertThat(arrivals(shop)).isEqualTo(1);
    }

    @Test
    void aMailThatIsTooLargeIsRefusedAndNoLineOfItIsACommand() throws IOException {
        var shop = forwarded();

        try (var line = greeted()) {
            assertThat(line.say("MAIL FROM:<> SIZE=100001")).startsWith("552 5.3.4");
            line.say("MAIL FROM:<>");
            line.say("RCPT TO:<" + secret(shop) + ">");
            line.say("DATA");

            assertThat(line.sayMail("QUIT\r\n".repeat(20_000).getBytes(UTF_8))).startsWith("552 5.3.4");
            assertThat(line.say("NOOP")).startsWith("250");
        }
        assertThat(arrivals(shop)).isZero();
    }

    @Test
    void oneRecipientTooManyIsPutOff() throws IOException {
        var shop = forwarded();

        try (var line = greeted()) {
            line.say("MAIL FROM:<>");
            for (var number = 0; number < 5; number++) {
                assertThat(line.say("RCPT TO:<" + secret(shop) + ">")).startsWith("250");
            }

            assertThat(line.say("RCPT TO:<" + secret(shop) + ">")).startsWith("452 4.5.3");
        }
    }

    @Test
    void aMailThatBreaksOffIsNotStored() throws IOException {
        var shop = forwarded();

        try (var line = greeted()) {
            line.say("MAIL FROM:<>");
            line.say("RCPT TO:<" + secret(shop) + ">");
            line.say("DATA");
            line.mutter(mail("Lamp", "1"));
        }
        send(mail("Table", "2"), secret(shop));

        assertThat(Conversation.only(shop).subject()).isEqualTo("Table");
    }

    @Test
    void withoutTheDatabaseAMailIsPutOffAndShownOnceWhenItComesAgain() throws IOException {
        var shop = forwarded();

        assertThat(answer(withoutDatabase(), secret(shop))).startsWith("451 4.3.0");
        assertThat(answer(withoutDatabase(), secret(shop))).startsWith("451 4.3.0");
        assertThat(arrivals(shop)).isZero();
        assertThat(answer(forwarding, secret(shop))).startsWith("250");

        Conversation.only(shop);
    }

    @Test
    void withoutTheDiskAMailIsPutOff() throws IOException {
        var shop = forwarded();
        var blocked =
                Files.createFile(data.path().resolve("blobs").resolve(shop.id().toString()));

        assertThat(answer(forwarding, secret(shop))).startsWith("451 4.3.0");
        Files.delete(blocked);
        assertThat(answer(forwarding, secret(shop))).startsWith("250");

        Conversation.only(shop);
    }

    @Test
    void aHundredSendersAtATimeAreServed() throws Exception {
        var shop = forwarded();
        var address = secret(shop);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = threads.invokeAll(IntStream.range(0, 100)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        send(mail("Lamp " + number, "p" + number), address);
                        return true;
                    })
                    .toList());
            for (var one : sent) {
                assertThat(one.get()).isTrue();
            }
        }

        assertThat(arrivals(shop)).isEqualTo(100);
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        shop.api().get("/tickets?limit=200").ok().path("items").size() == 100);
    }

    @Test
    void oneSenderTooManyIsPutOff() throws IOException {
        reopen(settings(2, SILENCE, WHOLE, null, List.of()));

        try (var one = greeted();
                var two = greeted()) {
            try (var three = new SmtpLine(server.port())) {
                assertThat(three.greeting()).startsWith("421 4.7.0");
            }
            one.say("QUIT");
            assertThat(two.say("NOOP")).startsWith("250");
        }
        await().until(() -> {
            try (var again = new SmtpLine(server.port())) {
                return again.greeting().startsWith("220");
            }
        });
    }

    @Test
    void whoFallsSilentIsSentAway() throws IOException {
        reopen(settings(2, Duration.ofMillis(300), WHOLE, null, List.of()));

        try (var line = greeted()) {
            assertThat(line.hear()).startsWith("421 4.4.2");
        }
    }

    @Test
    void whoDripsLettersIsCutOff() throws IOException {
        var shop = forwarded();
        reopen(settings(2, SILENCE, Duration.ofMillis(1_500), null, List.of()));

        try (var line = greeted()) {
            line.say("MAIL FROM:<>");
            line.say("RCPT TO:<" + secret(shop) + ">");
            line.say("DATA");

            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> isCut(line));
        }
        assertThat(arrivals(shop)).isZero();
    }

    private static boolean isCut(SmtpLine line) {
        try {
            line.mutter("x");
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void whoMakesOnlyMistakesIsSentAway() throws IOException {
        try (var line = greeted()) {
            for (var number = 0; number < 20; number++) {
                assertThat(line.say("GET / HTTP/1.1")).startsWith("500");
            }

            assertThat(line.say("GET / HTTP/1.1")).startsWith("421");
        }
    }

    @Test
    void whoIsNotOfTheAllowedNetworksIsSentAway() throws IOException {
        reopen(settings(2, SILENCE, WHOLE, null, List.of("192.0.2.0/24", "2001:db8::/32")));
        try (var line = new SmtpLine(server.port())) {
            assertThat(line.greeting()).startsWith("554 5.7.1");
        }

        reopen(settings(2, SILENCE, WHOLE, null, List.of("127.0.0.0/8", "::1")));
        try (var line = new SmtpLine(server.port())) {
            assertThat(line.greeting()).startsWith("220");
        }
    }

    @Test
    void aLineIsEncryptedWhereACertificateIsSet() throws IOException {
        var shop = forwarded();
        var certificate = SelfSigned.make();
        reopen(settings(2, SILENCE, WHOLE, certificate, List.of()));

        try (var line = greeted()) {
            assertThat(line.say("MAIL FROM:<>")).startsWith("530 5.7.0");
            assertThat(line.say("STARTTLS")).startsWith("220");
            line.encrypt(certificate.trusting());
            assertThat(line.say("MAIL FROM:<>")).startsWith("503");
            assertThat(line.say("EHLO tester")).doesNotContain("STARTTLS");
            line.send(mail("Lamp", "1").getBytes(UTF_8), secret(shop));
        }

        assertThat(raw(shop)).contains("with ESMTPS;");
    }

    @Test
    void whatIsSaidInPlainBeforeEncryptionIsNotHeardAfterIt() throws IOException {
        reopen(settings(2, SILENCE, WHOLE, SelfSigned.make(), List.of()));

        try (var line = greeted()) {
            line.mutter("STARTTLS\r\nMAIL FROM:<injected@elsewhere.example>\r\n");

            assertThat(line.hear()).startsWith("501 5.5.4");
            assertThat(line.hear()).isEqualTo("null\n");
        }
    }

    private TestShop forwarded() {
        var shop = shops.open();
        var office = shops.office();
        office.createAccount(shop.mailbox(), TestShops.PASSWORD);
        shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    Receiving.FORWARDING,
                    null,
                    new MailServer("127.0.0.1", office.smtpPort(), MailServer.Security.NONE),
                    shop.mailbox(),
                    TestShops.PASSWORD,
                    null,
                    0,
                    true,
                    List.of(),
                    null));
            return true;
        });
        return shop;
    }

    private String secret(TestShop shop) {
        return shop.inside(() -> "in+" + table.all().getFirst().forwardingKey() + "@localhost");
    }

    private void trust(TestShop shop, String authority) {
        shop.inside(() -> {
            table.handle(table.all().getFirst().id(), new Mailbox.Handling(List.of(authority), null));
            return true;
        });
    }

    private static String customer(TestShop shop) {
        return "ana." + shop.domain() + "@mail.example";
    }

    private static String mail(String subject, String id) {
        return mail("ana@mail.example", subject, id);
    }

    private static String mail(String from, String subject, String id) {
        return """
                From: Ana <%s>\r
                To: you@elsewhere.example\r
                Subject: %s\r
                Message-ID: <%s@mail.example>\r
                \r
                Where is it?\r
                """.formatted(from, subject, id);
    }

    private String replyAddress(String customer) {
        var mail = new Post(shops.office()).readWhen(customer, 1).getFirst();
        return mail.replaceAll("(?s).*\\nReply-To: [^<]*<([^>]+)>.*", "$1");
    }

    private void send(String mail, String... recipients) throws IOException {
        try (var line = greeted()) {
            line.send(mail.getBytes(UTF_8), recipients);
        }
    }

    private SmtpLine greeted() throws IOException {
        var line = new SmtpLine(server.port());
        line.say("EHLO tester");
        return line;
    }

    private String answer(Forwarding through, String recipient) throws IOException {
        try (var own = SmtpServer.open(usual(), through);
                var line = new SmtpLine(own.port())) {
            line.say("EHLO tester");
            line.say("MAIL FROM:<>");
            line.say("RCPT TO:<" + recipient + ">");
            line.say("DATA");
            return line.sayMail(mail("Lamp", "1").getBytes(UTF_8));
        }
    }

    /** As usual, but what it stores goes to a database that does not answer. */
    private Forwarding withoutDatabase() {
        var nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + Installation.freePort() + "/relevo");
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(nowhere));
        return new Forwarding(workspaces, addresses, blobs, inbound, workers, transaction, lastMail, Clock.systemUTC());
    }

    private static long arrivals(TestShop shop) {
        return shop.api().get("/inbound?state=all&limit=200").ok().path("items").size();
    }

    private static String raw(TestShop shop) {
        var item = shop.api().get("/inbound?state=all").ok().at("/items/0/id").asString();
        return new String(shop.api().get("/inbound/" + item + "/raw").raw().body(), UTF_8);
    }

    private void reopen(SmtpSettings changed) throws IOException {
        server.close();
        server = SmtpServer.open(changed, forwarding);
    }

    private static SmtpSettings usual() {
        return settings(100, SILENCE, WHOLE, null, List.of());
    }

    private static SmtpSettings settings(
            int connections,
            Duration silence,
            Duration whole,
            @Nullable SelfSigned certificate,
            List<String> networks) {
        return new SmtpSettings(
                0,
                "127.0.0.1",
                "",
                DataSize.ofBytes(LARGEST),
                connections,
                MOST_RECIPIENTS,
                silence,
                whole,
                certificate == null ? null : certificate.certificate(),
                certificate == null ? null : certificate.key(),
                certificate != null,
                networks);
    }
}
