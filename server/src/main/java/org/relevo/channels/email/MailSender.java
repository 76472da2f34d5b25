package org.relevo.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.sending.Signing;
import org.relevo.channels.outbound.OutboundStore;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.channels.outbound.Outgoing.Recipient;
import org.relevo.platform.Reason;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.tickets.Delivery.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands one mail to a mailbox's SMTP server, for everybody who has yet to get it, and says how that went. */
@Component
class MailSender {

    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    /** How a try ended. */
    sealed interface Outcome {

        /** The server has spoken: about each recipient, where it came to them. Those still queued are tried again. */
        record Answered(List<Recipient> recipients) implements Outcome {}

        /** Not now, for reasons that concern no recipient: worth another try. */
        record Later(Reason reason) implements Outcome {}

        /** Not ever, unless a person changes something. */
        record Never(Reason reason) implements Outcome {}
    }

    /** What came of it, and how large a mail the server takes, when it said so. */
    record Try(Outcome outcome, OptionalLong largest) {}

    private final BlobStore blobs;
    private final OutboundStore store;
    private final ReplyAddress addresses;
    private final Signing signing;

    MailSender(BlobStore blobs, OutboundStore store, ReplyAddress addresses, Signing signing) {
        this.blobs = blobs;
        this.store = store;
        this.addresses = addresses;
        this.signing = signing;
    }

    Try send(Outgoing mail, Mailbox mailbox, MailAccount account) {
        var session = Session.getInstance(properties(mail, mailbox, account));
        var line = new Line(session);
        try {
            var to = ReplyMail.addresses(
                    mail.waiting().stream().map(Recipient::address).toList());
            var message = composed(session, mail, mailbox);
            line.connect(account.smtp().host(), account.smtp().port(), account.username(), account.password());
            return new Try(send(line, message, to, mail.waiting(), account.smtp()), largest(line));
        } catch (AddressException e) {
            return never(Reason.of("delivery.address-invalid", MailTrouble.shortened(String.valueOf(e.getRef()))));
        } catch (IllegalArgumentException e) {
            LOG.warn("A reply would break out of its headers; it is not sent [message={}]", mail.id(), e);
            return never(Reason.of("delivery.header-unsafe"));
        } catch (MessagingException e) {
            return new Try(new Outcome.Later(MailTrouble.of(e, account.smtp())), largest(line));
        } catch (UncheckedIOException e) {
            LOG.error("A file of a reply cannot be read; it is tried again [message={}]", mail.id(), e);
            return new Try(new Outcome.Later(Reason.of("delivery.file-missing")), OptionalLong.empty());
        } finally {
            line.hangUp();
        }
    }

    private static Try never(Reason reason) {
        return new Try(new Outcome.Never(reason), OptionalLong.empty());
    }

    private Exact composed(Session session, Outgoing mail, Mailbox mailbox) throws MessagingException {
        var bytes =
                ReplyMail.of(session, mail, addresses.instance(), blobs::read).bytes();
        var from = mail.from().address();
        return new Exact(session, signing.sign(from.substring(from.indexOf('@') + 1), bytes, mail.writtenAt()));
    }

    /** Bounces come to an address that names the reply; what machines answer has none, so that nothing comes back. */
    private Properties properties(Outgoing mail, Mailbox mailbox, MailAccount account) {
        var properties = account.smtpProperties();
        var returnPath = switch (mail.nature()) {
            case PERSONAL -> addresses.envelope(mailbox, store.number(mail.id()));
            case AUTOMATIC -> "<>";
        };
        properties.setProperty("mail.smtp.from", returnPath);
        properties.setProperty("mail.smtp.sendpartial", "true");
        if (mail.nature() == Outgoing.Nature.PERSONAL) {
            properties.setProperty("mail.smtp.dsn.notify", "FAILURE,DELAY"); // where the server can (RFC 3461)
            properties.setProperty("mail.smtp.dsn.ret", "HDRS");
        }
        return properties;
    }

    /** What the server said at the greeting (SIZE, RFC 1870); 0 says that it has no limit. */
    static OptionalLong largest(SMTPTransport line) {
        var said = line.getExtensionParameter("SIZE");
        return said == null || !said.strip().matches("[1-9]\\d{0,17}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(said.strip()));
    }

    private static Outcome send(
            Line line, Exact message, InternetAddress[] to, List<Recipient> waiting, MailServer server)
            throws MessagingException {
        try {
            line.sendMessage(message, to);
            return new Outcome.Answered(line.answers(waiting, new Answer(250, "")));
        } catch (MessagingException e) {
            var verdict = code(e);
            if (line.asked() == 0 && verdict < 400) {
                throw e;
            }
            if (verdict >= 400) {
                return new Outcome.Answered(line.answers(waiting, new Answer(verdict, words(e))));
            }
            if (verdict >= 200) {
                return new Outcome.Answered(line.answers(waiting, new Answer(verdict, "")));
            }
            if (line.handedOver) {
                return new Outcome.Answered(line.answers(waiting, new Answer(0, server.host())));
            }
            if (line.nobodyWanted()) {
                return new Outcome.Answered(line.answers(waiting, new Answer(250, "")));
            }
            throw e;
        }
    }

    /** What the server said about the mail as a whole; the library throws on success too, if it refused somebody. */
    private static int code(MessagingException failure) {
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }

    private static String words(MessagingException failure) {
        return MailTrouble.shortened(String.valueOf(failure.getMessage()));
    }

    /** A server's answer; the code 0 when the line broke instead. */
    private record Answer(int code, String words) {}

    /**
     * A connection that knows what the server said about each recipient, and whether the mail's end was sent: before it, a
     * server takes nothing (RFC 5321, 4.1.1.4).
     */
    private static final class Line extends SMTPTransport {
        private static final String RECIPIENT = "RCPT TO:";

        private final List<Answer> answers = new ArrayList<>();
        private boolean asking;
        private boolean handedOver;

        Line(Session session) {
            super(session, null);
        }

        @Override
        protected void sendCommand(String command) throws MessagingException {
            asking = command.startsWith(RECIPIENT);
            super.sendCommand(command);
        }

        @Override
        protected int readServerResponse() throws MessagingException {
            var code = super.readServerResponse();
            if (asking && code > 0) {
                asking = false;
                answers.add(new Answer(code, MailTrouble.shortened(String.valueOf(getLastServerResponse()))));
            }
            return code;
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            handedOver = true;
            super.finishData();
        }

        int asked() {
            return answers.size();
        }

        boolean nobodyWanted() {
            return asked() > 0 && answers.stream().noneMatch(answer -> answer.code() < 400);
        }

        /** How it stands with each: as the server said of them, else as it said of the whole. */
        List<Recipient> answers(List<Recipient> waiting, Answer whole) {
            var told = new ArrayList<Recipient>();
            for (var place = 0; place < waiting.size(); place++) {
                var own = place < answers.size() ? answers.get(place) : whole;
                told.add(judged(waiting.get(place), own.code() >= 400 ? own : whole));
            }
            return told;
        }

        /** 4xx is not now, 5xx is never (RFC 5321, 4.2.1). */
        private static Recipient judged(Recipient one, Answer answer) {
            if (answer.code() == 0) {
                return one.with(State.UNCERTAIN, null);
            }
            if (answer.code() < 400) {
                return one.with(State.SENT, null);
            }
            return one.with(answer.code() < 500 ? State.QUEUED : State.FAILED, answer.words());
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

    /** Bytes that the library sends as they are: what is signed is not touched again. */
    private static final class Exact extends MimeMessage {
        private final byte[] bytes;

        Exact(Session session, byte[] bytes) throws MessagingException {
            super(session, new ByteArrayInputStream(bytes));
            this.bytes = bytes;
        }

        @Override
        public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
            out.write(bytes);
        }
    }
}
