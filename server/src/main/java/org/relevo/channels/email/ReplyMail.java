package org.relevo.channels.email;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.relevo.channels.email.sending.HeaderText;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.platform.blobs.BlobId;
import org.relevo.tickets.ReplyWritten;

/**
 * A reply as a mail (RFC 5322): our fixed Message-ID, In-Reply-To and References, plain text with the signature below it
 * (RFC 3676, 4.3), files. Every header value passes {@link HeaderText}.
 */
final class ReplyMail extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final String SIGNATURE_LINE = "\n\n-- \n";

    private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,80}");

    private final String headerId;

    private ReplyMail(Session session, String headerId) {
        super(session);
        this.headerId = new HeaderText(headerId).value();
    }

    /**
     * The mail as it goes over the line.
     *
     * @param instance what {@link ReplyAddress#INSTANCE_HEADER} says
     * @throws AddressException if one of its addresses is none
     * @throws IllegalArgumentException if a value would break out of its header
     */
    static ReplyMail of(Session session, Outgoing mail, String instance, Function<BlobId, byte[]> content)
            throws MessagingException {
        var message = new ReplyMail(session, mail.headerId());
        message.setFrom(named(mail.from().address(), mail.from().name()));
        if (mail.replyTo() != null) {
            message.setReplyTo(new Address[] {named(mail.replyTo(), mail.from().name())});
        }
        message.setRecipients(RecipientType.TO, addresses(mail.named(Outgoing.Kind.TO)));
        message.setRecipients(RecipientType.CC, addresses(mail.named(Outgoing.Kind.CC)));
        message.setSubject(HeaderText.of(AnswerSubject.of(mail.subject())).value(), UTF_8);
        message.setSentDate(Date.from(mail.writtenAt()));
        message.refer(mail.references());
        message.setHeader(ReplyAddress.INSTANCE_HEADER, new HeaderText(instance).value());
        if (mail.nature() == Outgoing.Nature.AUTOMATIC) {
            message.setHeader("Auto-Submitted", "auto-replied");
            message.setHeader("X-Auto-Response-Suppress", "All");
        }
        message.fill(mail, content);
        message.saveChanges();
        return message;
    }

    private void refer(List<String> references) throws MessagingException {
        var safe = references.stream()
                .map(HeaderText::of)
                .map(HeaderText::value)
                .filter(id -> !id.isEmpty())
                .toList();
        if (!safe.isEmpty()) {
            setHeader("In-Reply-To", safe.getLast());
            setHeader("References", MimeUtility.fold(12, String.join(" ", safe)));
        }
    }

    private void fill(Outgoing mail, Function<BlobId, byte[]> content) throws MessagingException {
        var words = mail.signature().isBlank() ? mail.text() : mail.text() + SIGNATURE_LINE + mail.signature();
        if (mail.files().isEmpty()) {
            setText(words, UTF_8, "plain");
            return;
        }
        var parts = new MimeMultipart("mixed");
        var text = new MimeBodyPart();
        text.setText(words, UTF_8, "plain");
        parts.addBodyPart(text);
        for (var file : mail.files()) {
            parts.addBodyPart(part(file, content.apply(file.blob())));
        }
        setContent(parts);
    }

    private static MimeBodyPart part(ReplyWritten.File file, byte[] bytes) throws MessagingException {
        var part = new MimeBodyPart();
        var type = TYPE.matcher(file.type()).matches() ? file.type() : "application/octet-stream";
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        part.setFileName(HeaderText.of(file.name()).value());
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    static InternetAddress[] addresses(List<String> texts) throws AddressException {
        var addresses = new InternetAddress[texts.size()];
        for (var place = 0; place < addresses.length; place++) {
            addresses[place] = address(texts.get(place));
        }
        return addresses;
    }

    /** A domain with letters of any language goes as ASCII (RFC 5890); the part before it has to be ASCII already. */
    private static InternetAddress address(String text) throws AddressException {
        var at = text.lastIndexOf('@');
        try {
            var domain = at < 0 ? "" : IDN.toASCII(text.substring(at + 1));
            return new InternetAddress(new HeaderText(text.substring(0, at + 1) + domain).value(), true);
        } catch (IllegalArgumentException e) {
            throw new AddressException("No address", text);
        }
    }

    private static InternetAddress named(String address, String name) throws MessagingException {
        try {
            var named = address(address);
            named.setPersonal(HeaderText.of(name).value(), UTF_8);
            return named;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mail's bytes. */
    byte[] bytes() throws MessagingException {
        var bytes = new ByteArrayOutputStream();
        try {
            writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", headerId);
    }
}
