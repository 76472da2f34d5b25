package org.relevo.channels.email;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.function.Function;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.platform.blobs.BlobId;
import org.relevo.tickets.ReplyWritten;

/** A reply as a mail (RFC 5322): our fixed Message-ID, In-Reply-To and References, plain text, files. */
final class ReplyMail extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String headerId;

    private ReplyMail(Session session, String headerId) {
        super(session);
        this.headerId = headerId;
    }

    static ReplyMail of(Session session, Outgoing mail, Mailbox mailbox, Function<BlobId, byte[]> content)
            throws MessagingException {
        var message = new ReplyMail(session, mail.headerId());
        message.setFrom(named(mailbox.address(), oneLine(mail.author() + " · " + mailbox.name())));
        if (mail.replyTo() != null) {
            message.setReplyTo(new InternetAddress[] {named(mail.replyTo(), oneLine(mailbox.name()))});
        }
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.recipient(), true));
        message.setSubject(oneLine(answering(mail.subject())), UTF_8);
        message.setSentDate(Date.from(mail.writtenAt()));
        if (!mail.references().isEmpty()) {
            message.setHeader("In-Reply-To", mail.references().getLast());
            message.setHeader("References", MimeUtility.fold(12, String.join(" ", mail.references())));
        }
        message.fill(mail, content);
        message.saveChanges();
        return message;
    }

    private void fill(Outgoing mail, Function<BlobId, byte[]> content) throws MessagingException {
        if (mail.files().isEmpty()) {
            setText(mail.text(), UTF_8, "plain");
            return;
        }
        var parts = new MimeMultipart("mixed");
        var text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8, "plain");
        parts.addBodyPart(text);
        for (var file : mail.files()) {
            parts.addBodyPart(part(file, content.apply(file.blob())));
        }
        setContent(parts);
    }

    private static MimeBodyPart part(ReplyWritten.File file, byte[] bytes) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, file.type())));
        part.setFileName(oneLine(file.name()));
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static InternetAddress named(String address, String name) throws MessagingException {
        try {
            var named = new InternetAddress(address, true);
            named.setPersonal(name, UTF_8);
            return named;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answering(String subject) {
        return subject.toLowerCase(Locale.ROOT).startsWith("re:") ? subject : "Re: " + subject;
    }

    /** Nothing of ours or anybody's may begin a new header. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", headerId);
    }
}
