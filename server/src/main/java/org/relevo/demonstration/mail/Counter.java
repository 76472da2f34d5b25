package org.relevo.demonstration.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.relevo.demonstration.mail.SortingRoom.UnreadableMailException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.MessageHandlerFactory;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** Where SMTP clients hand in their mails; anyone may, for any address. */
final class Counter implements MessageHandlerFactory {

    static final int LARGEST_MAIL = 50 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Counter.class);
    private static final long PATIENCE_SECONDS = 60;

    private final SortingRoom sortingRoom;

    Counter(SortingRoom sortingRoom) {
        this.sortingRoom = sortingRoom;
    }

    @Override
    public MessageHandler create(MessageContext context) {
        return new Customer(context);
    }

    private final class Customer implements MessageHandler {

        private final MessageContext context;
        private final Set<MailboxAddress> mailboxes = new LinkedHashSet<>();

        private Customer(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String sender) {
            // Anyone may write.
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            mailboxes.add(MailboxAddress.of(recipient)
                    .orElseThrow(() -> new RejectException(553, "5.1.3 No mailbox can have this address")));
        }

        @Override
        public @Nullable String data(InputStream mail) throws RejectException, IOException {
            byte[] content = mail.readNBytes(LARGEST_MAIL + 1);
            if (content.length > LARGEST_MAIL) {
                mail.transferTo(OutputStream.nullOutputStream());
                throw refused(552, "5.3.4 Message is larger than 50 MB");
            }
            try {
                sortingRoom.deliver(content, mailboxes).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return null;
            } catch (UnreadableMailException e) {
                throw unreadable();
            } catch (IOException e) {
                log.error("Mail could not be written, its sender was asked to try again", e);
                throw notKept();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof UnreadableMailException ? unreadable() : notKept();
            } catch (TimeoutException e) {
                log.error("Mail was not filed in time, its sender was asked to try again");
                throw notKept();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw notKept();
            }
        }

        @Override
        public void done() {
            mailboxes.clear();
        }

        private RejectException unreadable() {
            return refused(554, "5.6.0 Message cannot be read as MIME");
        }

        private RejectException notKept() {
            return refused(451, "4.3.0 Message could not be kept, try again later");
        }

        /** Ends the transaction too, as RFC 5321 (4.1.1.4) wants and SubEthaSMTP forgets after a refusal. */
        private RejectException refused(int code, String text) {
            if (context instanceof Session session) {
                session.resetMailTransaction();
            }
            return new RejectException(code, text);
        }
    }
}
