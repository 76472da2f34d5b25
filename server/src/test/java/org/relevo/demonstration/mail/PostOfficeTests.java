package org.relevo.demonstration.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relevo.support.SmtpLine;

class PostOfficeTests {

    private static final String SHOP = "hola@tienda-aurora.example";
    private static final String MARTA = "marta.gil@correo.example";

    @TempDir
    private Path folder;

    private PostOffice office;

    @BeforeEach
    void openTheOffice() {
        office = open();
        office.createAccount(SHOP, "aurora");
    }

    @AfterEach
    void closeTheOffice() {
        office.close();
    }

    @Test
    void aMailArrivesByteByByte() throws Exception {
        send(mail("¿Dónde está mi lámpara?", "Hola:\r\n\r\n.\r\n..un punto, dos puntos\r\nç ñ €\r\n"), SHOP);

        assertThat(read(SHOP, "aurora", 1))
                .isEqualTo(mail("¿Dónde está mi lámpara?", "Hola:\r\n\r\n.\r\n..un punto, dos puntos\r\nç ñ €\r\n"));
    }

    @Test
    void aMailIsInItsFileOnceItIsAccepted() throws Exception {
        send(mail("Pedido", "AU-20418\r\n"), SHOP);

        assertThat(folder.resolve("000000000001-hola@tienda-aurora.example.eml"))
                .hasBinaryContent(mail("Pedido", "AU-20418\r\n"));
    }

    @Test
    void aClientThatIdlesHearsOfANewMailAtOnce() throws Exception {
        try (var store = connect(SHOP, "aurora")) {
            var inbox = inbox(store);
            var heard = new CompletableFuture<String>();
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent added) {
                    heard.complete(subject(added.getMessages()[0]));
                }
            });
            var idling = Thread.startVirtualThread(() -> idle(inbox));

            send(mail("Ya", "¿me oís?\r\n"), SHOP);

            assertThat(heard).succeedsWithin(Duration.ofSeconds(1)).isEqualTo("Ya");
            inbox.close();
            idling.join();
        }
    }

    @Test
    void aRestartKeepsMailsUidsAndUidValidity() throws Exception {
        send(mail("Uno", "1\r\n"), SHOP);
        send(mail("Para Marta", "2\r\n"), MARTA);
        send(mail("Dos", "3\r\n"), SHOP);
        var before = state(SHOP, "aurora");

        restart();

        assertThat(state(SHOP, "aurora")).isEqualTo(before);
        assertThat(read(SHOP, "aurora", 2)).isEqualTo(mail("Dos", "3\r\n"));
        send(mail("Tres", "4\r\n"), SHOP);
        assertThat(read(SHOP, "aurora", 3)).isEqualTo(mail("Tres", "4\r\n"));
    }

    @Test
    void uidValidityIsThatOfTheFolderAndNotOfTheStart() throws Exception {
        closeTheOffice();
        Files.writeString(folder.resolve("uid-validity"), "1700000000");

        office = open();

        try (var store = connect(SHOP, "aurora")) {
            assertThat(inbox(store).getUIDValidity()).isEqualTo(1_700_000_000);
        }
    }

    @Test
    void aDraftThatACrashLeftBehindIsForgotten() throws Exception {
        closeTheOffice();
        Files.writeString(folder.resolve("0f1e2d3c.draft"), "Subject: a mea");

        office = open();

        assertThat(folder.resolve("0f1e2d3c.draft")).doesNotExist();
        assertThat(count(SHOP, "aurora")).isZero();
    }

    @Test
    void whatAPlusAddsLeadsToTheSameMailbox() throws Exception {
        send(mail("Re: Lámpara", "Gracias\r\n"), "Hola+c7f3@Tienda-Aurora.example");

        assertThat(count(SHOP, "aurora")).isOne();
    }

    @Test
    void anUnknownAddressGetsAMailboxThatLasts() throws Exception {
        send(mail("Tu pedido", "va de camino\r\n"), MARTA);

        restart(address -> "another rule");

        assertThat(read(MARTA, "demo:" + MARTA, 1)).isEqualTo(mail("Tu pedido", "va de camino\r\n"));
    }

    @Test
    void oneMailForTwoReachesBothAndOnlyOnce() throws Exception {
        send(mail("Consulta", "RV-88213\r\n"), SHOP, MARTA, "hola+otra@tienda-aurora.example");

        assertThat(count(SHOP, "aurora")).isOne();
        assertThat(count(MARTA, "demo:" + MARTA)).isOne();
    }

    @Test
    void aMailOver50MegabytesIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");
            line.say("MAIL FROM:<" + MARTA + ">");
            line.say("RCPT TO:<" + SHOP + ">");
            line.say("DATA");

            assertThat(line.sayMail("0123456789abcde\r\n".repeat(3_200_000).getBytes(UTF_8)))
                    .startsWith("552 5.3.4");

            assertThat(line.say("MAIL FROM:<" + MARTA + ">")).startsWith("250");
            assertThat(line.say("RCPT TO:<" + SHOP + ">")).startsWith("250");
            line.say("DATA");
            assertThat(line.sayMail("Subject: menos\r\n\r\n".getBytes(UTF_8))).startsWith("250");
        }
        assertThat(count(SHOP, "aurora")).isOne();
    }

    @Test
    void aMailThatSaysItIsTooLargeIsNotWaitedFor() throws Exception {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");

            assertThat(line.say("MAIL FROM:<" + MARTA + "> SIZE=60000000")).startsWith("552");
        }
    }

    @Test
    void theServerOffersWhatItCanDo() throws Exception {
        try (var line = new SmtpLine(office.smtpPort())) {
            assertThat(line.say("EHLO test")).contains("8BITMIME", "SMTPUTF8", "SIZE 52428800", "PLAIN", "LOGIN");
        }
    }

    @Test
    void aMailboxMayHaveLettersBeyondAscii() throws Exception {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");
            line.say("MAIL FROM:<" + MARTA + "> SMTPUTF8");
            assertThat(line.say("RCPT TO:<iñigo@correo.example>")).startsWith("250");
            line.say("DATA");
            assertThat(line.sayMail(mail("Hola", "Íñigo\r\n"))).startsWith("250");
        }
        assertThat(folder.resolve("000000000001-i%C3%B1igo@correo.example.eml")).exists();
    }

    @Test
    void theRightPasswordOpensBothDoors() throws Exception {
        assertThat(authenticate(SHOP, "aurora")).startsWith("235");
        assertThat(count(SHOP, "aurora")).isZero();
    }

    @Test
    void aWrongPasswordOpensNeither() throws Exception {
        assertThat(authenticate(SHOP, "aurore")).startsWith("535");
        assertThat(authenticate("nadie@correo.example", "")).startsWith("535");
        assertThatThrownBy(() -> connect(SHOP, "aurore")).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void aNewPasswordReplacesTheOld() throws Exception {
        office.createAccount(SHOP, "amanecer");
        restart();

        assertThat(authenticate(SHOP, "amanecer")).startsWith("235");
        assertThat(authenticate(SHOP, "aurora")).startsWith("535");
        assertThat(count(SHOP, "amanecer")).isZero();
    }

    @Test
    void aMailThatIsHardlyOneArrivesAsItIs() throws Exception {
        byte[] odd = "Content-Type: multipart/mixed\r\nno header\r\n\r\n--x\r\n\0 not a part\r\n".getBytes(ISO_8859_1);
        send(odd, SHOP);
        send(mail("Después", "ok\r\n"), SHOP);

        assertThat(read(SHOP, "aurora", 1)).isEqualTo(odd);
        assertThat(read(SHOP, "aurora", 2)).isEqualTo(mail("Después", "ok\r\n"));
    }

    @Test
    void aMailThatCannotBeReadIsRefusedAndTheNextKeepsItsUid() throws Exception {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");
            line.say("MAIL FROM:<" + MARTA + ">");
            line.say("RCPT TO:<" + SHOP + ">");
            line.say("DATA");
            assertThat(line.sayMail("Content-Type: m;ultipart/mixed\r\n\r\n".getBytes(UTF_8)))
                    .startsWith("554");
            line.send(mail("Después", "ok\r\n"), SHOP);
        }
        var before = state(SHOP, "aurora");

        restart();

        assertThat(state(SHOP, "aurora")).isEqualTo(before);
        assertThat(count(SHOP, "aurora")).isOne();
    }

    @Test
    void aTakenPortStopsTheStartAndSaysSo() {
        assertThatThrownBy(() -> PostOffice.open(folder.resolve("b"), office.smtpPort(), 0, address -> ""))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("SMTP port");
        assertThatThrownBy(() -> PostOffice.open(folder.resolve("c"), 0, office.imapPort(), address -> ""))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("IMAP port");
    }

    @Test
    void eightConnectionsAtOnceLoseNothing() throws Exception {
        var start = new CountDownLatch(1);
        var senders = IntStream.range(0, 8)
                .mapToObj(sender -> CompletableFuture.runAsync(() -> sendMany(sender, start)))
                .toArray(CompletableFuture[]::new);

        start.countDown();
        CompletableFuture.allOf(senders).get(1, TimeUnit.MINUTES);

        assertThat(count(SHOP, "aurora")).isEqualTo(8 * 50);
        var before = state(SHOP, "aurora");
        restart();
        assertThat(state(SHOP, "aurora")).isEqualTo(before);
    }

    private void sendMany(int sender, CountDownLatch start) {
        try (var line = new SmtpLine(office.smtpPort())) {
            start.await();
            line.say("EHLO test");
            for (int i = 0; i < 50; i++) {
                line.send(mail("Mail " + sender + "/" + i, "Hola\r\n"), SHOP);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private PostOffice open() {
        return PostOffice.open(folder, 0, 0, address -> "demo:" + address);
    }

    private void restart() {
        office.close();
        office = open();
    }

    private void restart(Function<String, String> passwordOf) {
        office.close();
        office = PostOffice.open(folder, 0, 0, passwordOf);
    }

    private void send(byte[] mail, String... recipients) throws IOException {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");
            line.send(mail, recipients);
        }
    }

    private String authenticate(String address, String password) throws IOException {
        try (var line = new SmtpLine(office.smtpPort())) {
            line.say("EHLO test");
            return line.say("AUTH PLAIN "
                    + Base64.getEncoder().encodeToString(("\0" + address + "\0" + password).getBytes(UTF_8)));
        }
    }

    private byte[] read(String address, String password, long uid) throws MessagingException, IOException {
        try (var store = connect(address, password)) {
            var mail = new ByteArrayOutputStream();
            inbox(store).getMessageByUID(uid).writeTo(mail);
            return mail.toByteArray();
        }
    }

    private int count(String address, String password) throws MessagingException {
        try (var store = connect(address, password)) {
            return inbox(store).getMessageCount();
        }
    }

    private State state(String address, String password) throws MessagingException {
        try (var store = connect(address, password)) {
            var inbox = inbox(store);
            var seen = new StringBuilder();
            for (Message mail : inbox.getMessages()) {
                seen.append(inbox.getUID(mail))
                        .append(' ')
                        .append(mail.getSubject())
                        .append(' ');
                seen.append(mail.getReceivedDate().toInstant()).append('\n');
            }
            return new State(inbox.getUIDValidity(), inbox.getUIDNext(), seen.toString());
        }
    }

    private record State(long uidValidity, long uidNext, String mails) {}

    private IMAPStore connect(String address, String password) throws MessagingException {
        var settings = new Properties();
        settings.setProperty("mail.imap.timeout", "10000");
        settings.setProperty("mail.imap.partialfetch", "false");
        var store = (IMAPStore) Session.getInstance(settings).getStore("imap");
        store.connect("127.0.0.1", office.imapPort(), address, password);
        return store;
    }

    private static IMAPFolder inbox(IMAPStore store) throws MessagingException {
        var inbox = (IMAPFolder) store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        return inbox;
    }

    private static void idle(IMAPFolder inbox) {
        try {
            while (inbox.isOpen()) {
                inbox.idle();
            }
        } catch (MessagingException | IllegalStateException e) {
            // The test has closed the folder.
        }
    }

    private static String subject(Message mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mail(String subject, String body) {
        return ("From: Marta Gil <" + MARTA + ">\r\nTo: " + SHOP + "\r\nSubject: " + subject
                        + "\r\nX-Folded: one\r\n\ttwo\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n" + body)
                .getBytes(UTF_8);
    }
}
