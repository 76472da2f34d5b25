package org.relevo.channels.email.receiving;

import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * The library's store, with bounds to what its server makes us hold: the library believes every length that it is told. A
 * server that says more than a command may bring loses the line.
 */
final class BoundedStore extends IMAPStore {

    private static final String PROTOCOL = "imap";

    BoundedStore(Session session) {
        super(session, new URLName(PROTOCOL, null, -1, null, null, null));
    }

    @Override
    protected IMAPProtocol newIMAPProtocol(String host, int port) throws IOException, ProtocolException {
        return new Line(host, port, session.getProperties(), isSSL, logger);
    }

    /** One line to the server. */
    static final class Line extends IMAPProtocol {

        /** What a command may bring unless it says otherwise: the numbers of three million mails. */
        private static final long USUAL = 24L * 1024 * 1024;

        /** What an answer takes however short it is. */
        private static final int EACH = 512;

        private static final int MOST_MAILS = 5_000_000;
        private static final int FIRST = 1024;
        private static final int LONGEST_REMARK = 200;
        private static final Pattern VALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d{1,19})]");

        // The library reads the greeting before a field here could have a value: all of them begin at zero.
        private long expected;
        private long said;
        private long validity;

        Line(String host, int port, Properties properties, boolean tls, MailLogger logger)
                throws IOException, ProtocolException {
            super(PROTOCOL, host, port, properties, tls, logger);
        }

        /** The next command may bring so much and no more. */
        void expect(long bytes) {
            expected = bytes;
        }

        /** The UIDVALIDITY that the server named last on this line, 0 before. */
        long validity() {
            return validity;
        }

        @Override
        public synchronized Response[] command(String command, Argument arguments) {
            said = 0;
            try {
                return super.command(command, arguments);
            } finally {
                expected = 0;
                said = 0;
            }
        }

        @Override
        protected ByteArray getResponseBuffer() {
            return new Answer(left());
        }

        private long left() {
            return (expected == 0 ? USUAL : expected) - said;
        }

        @Override
        public Response readResponse() throws IOException, ProtocolException {
            try {
                return noted(super.readResponse());
            } catch (TooMuch _) {
                throw new IOException("The server says more than was asked for.");
            }
        }

        private Response noted(Response response) throws IOException {
            if (response instanceof IMAPResponse answer
                    && answer.keyEquals("EXISTS")
                    && answer.getNumber() > MOST_MAILS) {
                throw new TooMuch();
            }
            if (response.isUnTagged() && response.isOK()) {
                var remark = response.toString();
                var found = VALIDITY.matcher(remark.substring(0, Math.min(remark.length(), LONGEST_REMARK)));
                validity = found.find() ? Long.parseLong(found.group(1)) : validity;
            }
            return response;
        }

        /** Room for one answer, which grows as the server says, up to what may come. */
        private final class Answer extends ByteArray {

            private final long most;

            Answer(long most) {
                super(new byte[FIRST], 0, FIRST);
                this.most = most;
                said += EACH;
            }

            @Override
            public void grow(int more) {
                if (more < 0 || more > most - getBytes().length) {
                    throw new TooMuch();
                }
                said += more;
                super.grow(more);
            }
        }

        private static final class TooMuch extends RuntimeException {
            TooMuch() {
                super(null, null, false, false);
            }
        }
    }
}
