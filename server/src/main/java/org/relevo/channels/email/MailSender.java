package org.relevo.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.net.ConnectException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.platform.Reason;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.stereotype.Component;

/** Hands one mail to a mailbox's SMTP server and says how that went. */
@Component
class MailSender {

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
        try (var transport = new SMTPTransport(session, null)) {
            var message = ReplyMail.of(session, mail, mailbox, blobs::read);
            transport.connect(account.smtp().host(), account.smtp().port(), account.username(), account.password());
            return send(transport, message, account.smtp());
        } catch (AddressException e) {
            return new Outcome.Never(Reason.of("delivery.address-invalid", mail.recipient()));
        } catch (MessagingException e) {
            return new Outcome.Later(MailTrouble.of(e, account.smtp()));
        }
    }

    private static Outcome send(SMTPTransport transport, ReplyMail message, MailServer server)
            throws MessagingException {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return new Outcome.Sent();
        } catch (SendFailedException e) {
            return refused(e);
        } catch (MessagingException e) {
            return broke(e) ? new Outcome.Unknown(Reason.of("delivery.line-broke", server.host())) : refused(e);
        }
    }

    private static boolean broke(MessagingException failure) {
        return failure.getCause() instanceof IOException && !(failure.getCause() instanceof ConnectException);
    }

    /** The server said no: 4xx is not now, 5xx is never (RFC 5321, 4.2.1). */
    private static Outcome refused(MessagingException failure) {
        var code = code(failure);
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
