package org.relevo.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.platform.Reason;
import org.relevo.platform.blobs.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands one mail to a mailbox's SMTP server and says how that went. */
@Component
class MailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    /** How a try ended. */
    sealed interface Outcome {

        /** The server took it. */
        record Sent() implements Outcome {}

        /** Not now: worth another try. */
        record Later(Reason reason) implements Outcome {}

        /** Not ever, unless a person changes something. */
        record Never(Reason reason) implements Outcome {}

        /** The line broke after we had handed it over. */
        record Unknown(Reason reason) implements Outcome {}
    }

    private final BlobStore blobs;

    MailSender(BlobStore blobs) {
        this.blobs = blobs;
    }

    Outcome send(Outgoing mail, Mailbox mailbox, MailAccount account) {
        var session = Session.getInstance(account.smtpProperties());
        var line = new Line(session);
        try {
            var message = ReplyMail.of(session, mail, mailbox, blobs::read);
            line.connect(account.smtp().host(), account.smtp().port(), account.username(), account.password());
            return send(line, message, account.smtp());
        } catch (AddressException e) {
            return new Outcome.Never(Reason.of("delivery.address-invalid", mail.recipient()));
        } catch (MessagingException e) {
            return new Outcome.Later(MailTrouble.of(e, account.smtp()));
        } catch (UncheckedIOException e) {
            LOG.error("A file of a reply cannot be read; it is tried again [message={}]", mail.id(), e);
            return new Outcome.Later(Reason.of("delivery.file-missing"));
        } finally {
            line.hangUp();
        }
    }

    private static Outcome send(Line line, ReplyMail message, MailServer server) throws MessagingException {
        try {
            line.sendMessage(message, message.getAllRecipients());
            return new Outcome.Sent();
        } catch (MessagingException e) {
            var code = code(e);
            if (code >= 400) {
                return refused(e, code);
            }
            if (line.handedOver) {
                return new Outcome.Unknown(Reason.of("delivery.line-broke", server.host()));
            }
            throw e;
        }
    }

    /** A connection that knows whether the mail's end was sent: before it, a server takes nothing (RFC 5321, 4.1.1.4). */
    private static final class Line extends SMTPTransport {
        private boolean handedOver;

        Line(Session session) {
            super(session, null);
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            handedOver = true;
            super.finishData();
        }

        /** Whatever goes wrong now changes nothing about the mail. */
        void hangUp() {
            try {
                close();
            } catch (MessagingException e) {
                LOG.debug("The outgoing server hung up first", e);
            }
        }
    }

    /** The server said no: 4xx is not now, 5xx is never (RFC 5321, 4.2.1). */
    private static Outcome refused(MessagingException failure, int code) {
        var text = MailTrouble.shortened(String.valueOf(deepest(failure).getMessage()));
        if (code >= 500) {
            return new Outcome.Never(Reason.of("delivery.refused", text));
        }
        return new Outcome.Later(Reason.of("delivery.not-now", text));
    }

    private static int code(MessagingException failure) {
        for (Exception cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
        }
        for (Exception cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPSendFailedException send) {
                return send.getReturnCode();
            }
        }
        return 0;
    }

    private static Exception deepest(MessagingException failure) {
        Exception last = failure;
        for (Exception cause = failure; cause != null; cause = next(cause)) {
            last = cause;
        }
        return last;
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}
