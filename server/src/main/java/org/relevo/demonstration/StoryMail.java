package org.relevo.demonstration;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer's mail of the story, as their mail program would write it. */
final class StoryMail extends MimeMessage {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String headerId;

    private StoryMail(Session session, String headerId) {
        super(session);
        this.headerId = headerId;
    }

    /** Where it goes, when it was written, and the mail that it answers, if it answers one. */
    record Envelope(String headerId, Instant at, String to, Optional<String> answers) {}

    static StoryMail of(Session session, Story.Conversation conversation, Story.Event event, Envelope envelope)
            throws MessagingException {
        var mail = new StoryMail(session, envelope.headerId());
        mail.setFrom(named(conversation.customer()));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(envelope.to()));
        mail.setSubject(
                envelope.answers().isPresent() ? "Re: " + conversation.subject() : conversation.subject(), UTF_8);
        mail.setSentDate(Date.from(envelope.at()));
        if (envelope.answers().isPresent()) {
            mail.setHeader("In-Reply-To", envelope.answers().get());
            mail.setHeader("References", envelope.answers().get());
        }
        mail.fill(event);
        mail.saveChanges();
        return mail;
    }

    private void fill(Story.Event event) throws MessagingException {
        var files = event.attachments() == null ? List.<Story.File>of() : event.attachments();
        if (files.isEmpty()) {
            fillBody(this, event);
            return;
        }
        var related = files.stream().anyMatch(file -> file.cid() != null);
        var parts = new MimeMultipart(related ? "related" : "mixed");
        var body = new MimeBodyPart();
        fillBody(body, event);
        parts.addBodyPart(body);
        for (var file : files) {
            parts.addBodyPart(part(file));
        }
        setContent(parts);
    }

    private static void fillBody(MimePart part, Story.Event event) throws MessagingException {
        if (event.html() == null) {
            part.setText(event.text(), UTF_8, "plain");
            return;
        }
        var plain = new MimeBodyPart();
        plain.setText(event.text(), UTF_8, "plain");
        var html = new MimeBodyPart();
        html.setText(event.html(), UTF_8, "html");
        part.setContent(new MimeMultipart("alternative", plain, html));
    }

    private static MimeBodyPart part(Story.File file) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content(file), file.type())));
        part.setFileName(file.name());
        if (file.cid() != null) {
            part.setContentID("<" + file.cid() + ">");
            part.setDisposition(MimeBodyPart.INLINE);
        }
        return part;
    }

    private static byte[] content(Story.File file) {
        return file.base64() == null ? text(file.text()) : Base64.getDecoder().decode(file.base64());
    }

    private static byte[] text(@Nullable String text) {
        return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }

    private static InternetAddress named(Story.Customer customer) throws MessagingException {
        try {
            return new InternetAddress(customer.email(), customer.name(), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", headerId);
    }
}
