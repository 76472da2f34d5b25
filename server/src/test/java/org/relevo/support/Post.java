package org.relevo.support;

import static org.awaitility.Awaitility.await;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.relevo.demonstration.mail.PostOffice;

/** A customer's mail program: sends exact text by SMTP and reads a mailbox by IMAP. */
public record Post(PostOffice office) {

    /** Sends {@code mail}, headers and body as written (line ends become CRLF), to {@code recipients}. */
    public void send(String mail, String... recipients) {
        send(mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), recipients);
    }

    /** Sends exact bytes. */
    public void send(byte[] mail, String... recipients) {
        var session = Session.getInstance(properties());
        try (var transport = new SMTPTransport(session, null)) {
            transport.connect();
            var to = Stream.of(recipients).map(Post::address).toArray(InternetAddress[]::new);
            transport.sendMessage(new Exact(session, mail), to);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(office.smtpPort()));
        properties.setProperty("mail.smtp.allow8bitmime", "true");
        properties.setProperty("mail.smtp.from", "envelope@customer.example");
        properties.setProperty("mail.imap.host", "127.0.0.1");
        properties.setProperty("mail.imap.port", String.valueOf(office.imapPort()));
        return properties;
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, false);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Every mail in the mailbox of {@code address}, as text, oldest first. */
    public List<String> read(String address) {
        try (var store = Session.getInstance(properties()).getStore("imap")) {
            store.connect(address, TestShops.PASSWORD);
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return Stream.of(inbox.getMessages()).map(Post::text).toList();
            }
        } catch (MessagingException e) {
            return List.of(); // nobody has written to that address yet
        }
    }

    /** Waits until the mailbox holds {@code count} mails. */
    public List<String> readWhen(String address, int count) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> read(address), mails -> mails.size() >= count);
    }

    private static String text(Message message) {
        var bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Bytes that the library must not touch. */
    private static final class Exact extends MimeMessage {
        private final byte[] bytes;

        Exact(Session session, byte[] bytes) throws MessagingException {
            super(session, new ByteArrayInputStream(bytes));
            this.bytes = bytes;
        }

        @Override
        public void writeTo(OutputStream out, String[] ignore) throws IOException {
            out.write(bytes);
        }
    }
}
