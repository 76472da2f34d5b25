package org.relevo.channels.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Component;

/** Tries a mailbox before it is added: reach, sign in, open the folder, reach the outgoing server, sign in there. */
@Component
class MailboxCheck {

    private static final String PATIENCE_MILLIS = "10000";

    /** One thing that was tried; {@code ok} is absent when an earlier failure left it untried. */
    record Step(
            String step,
            @Nullable Boolean ok,
            @Nullable Long millis,
            @Nullable Reason problem) {}

    private interface Trial {
        void run() throws MessagingException;
    }

    List<Step> check(MailAccount account) {
        var steps = new ArrayList<Step>();
        var incoming = account.imap();
        if (incoming != null) {
            checkIncoming(account, incoming, steps);
        }
        checkOutgoing(account, steps);
        return steps;
    }

    private static void checkIncoming(MailAccount account, MailServer server, List<Step> steps) {
        var started = System.nanoTime();
        try (var store = hurried(account.imapProperties(), "imap").getStore("imap")) {
            connect(
                    steps,
                    "reach",
                    "sign-in",
                    server,
                    started,
                    () -> store.connect(account.username(), account.password()));
            if (store.isConnected()) {
                attempt(steps, "folder", server, () -> store.getFolder("INBOX").open(Folder.READ_ONLY));
            } else {
                steps.add(new Step("folder", null, null, null));
            }
        } catch (MessagingException e) {
            steps.add(new Step("folder", false, null, MailTrouble.of(e, server)));
        }
    }

    private static void checkOutgoing(MailAccount account, List<Step> steps) {
        var started = System.nanoTime();
        var server = account.smtp();
        try (var transport = new SMTPTransport(hurried(account.smtpProperties(), "smtp"), null)) {
            connect(
                    steps,
                    "smtp",
                    "smtp-sign-in",
                    server,
                    started,
                    () -> transport.connect(server.host(), server.port(), account.username(), account.password()));
        } catch (MessagingException e) {
            steps.add(new Step("smtp-sign-in", false, null, MailTrouble.of(e, server)));
        }
    }

    /** A person waits for the answer: no step of the conversation takes longer than this. */
    private static Session hurried(Properties properties, String protocol) {
        properties.setProperty("mail." + protocol + ".timeout", PATIENCE_MILLIS);
        return Session.getInstance(properties);
    }

    /** Reaching and signing in are one call of the library: a refused sign-in shows that the server was reached. */
    private static void connect(
            List<Step> steps, String reach, String signIn, MailServer server, long started, Trial trial) {
        try {
            trial.run();
            steps.add(new Step(reach, true, since(started), null));
            steps.add(new Step(signIn, true, null, null));
        } catch (AuthenticationFailedException e) {
            steps.add(new Step(reach, true, since(started), null));
            steps.add(new Step(signIn, false, null, MailTrouble.of(e, server)));
        } catch (MessagingException e) {
            steps.add(new Step(reach, false, since(started), MailTrouble.of(e, server)));
            steps.add(new Step(signIn, null, null, null));
        }
    }

    private static void attempt(List<Step> steps, String step, MailServer server, Trial trial) {
        var started = System.nanoTime();
        try {
            trial.run();
            steps.add(new Step(step, true, since(started), null));
        } catch (MessagingException e) {
            steps.add(new Step(step, false, since(started), MailTrouble.of(e, server)));
        }
    }

    private static long since(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
