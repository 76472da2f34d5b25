package org.relevo.channels.email.receiving;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Workspaces;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailTrouble;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.channels.email.Receiving;
import org.relevo.channels.email.SignIn;
import org.relevo.channels.email.signin.AccessTokens;
import org.relevo.channels.email.signin.NoTokenException;
import org.relevo.channels.inbound.FetchAgain;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps a reader at every mailbox: one virtual thread each, begun again after trouble, at first soon, then ever later. */
@Component
class MailboxWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxWatch.class);

    private final class Watched {
        private final WorkspaceId workspace;
        private final MailboxId mailbox;
        private volatile @Nullable ImapConnection open;
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicBoolean sweepAsked = new AtomicBoolean();
        private int failures;

        Watched(WorkspaceId workspace, MailboxId mailbox) {
            this.workspace = workspace;
            this.mailbox = mailbox;
            Thread.ofVirtual().name("mailbox-" + mailbox.value()).start(() -> Workspace.run(workspace, this::run));
        }

        private void run() {
            while (!ended()) {
                try {
                    var known = mailboxes.find(mailbox);
                    if (known.isEmpty() || known.get().receives() == Receiving.FORWARDING) {
                        return;
                    }
                    read(known.get());
                } catch (RuntimeException e) { // trouble could not even be noted
                    failures++;
                    LOG.warn("A mailbox waits for the database [mailbox={}]", mailbox.value(), e);
                    rest(Backoff.after(failures, ThreadLocalRandom.current()));
                }
            }
        }

        private boolean ended() {
            return over.getCount() == 0;
        }

        /** Rests, unless it ends meanwhile. Nobody interrupts this thread: that would break a statement's connection. */
        private void rest(Duration pause) {
            try {
                if (over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug("A mailbox is no longer read [mailbox={}]", mailbox.value());
                }
            } catch (InterruptedException _) {
                end();
            }
        }

        /** Reads until trouble comes. */
        private void read(Mailbox known) {
            var begun = clock.instant();
            try {
                if (known.signIn() == SignIn.OAUTH) {
                    tokens.current(mailbox); // names what is wrong, where the mail server would only refuse
                }
                try (var line = ImapConnection.open(mailboxes.account(known))) {
                    open = line;
                    if (ended()) {
                        return; // it ended while the connection opened, and could not close it
                    }
                    reader.read(known, line, sweepAsked);
                }
            } catch (MessagingException e) {
                var reason = reason(known, e);
                LOG.warn("A mailbox cannot be read; trying again [mailbox={}, why={}]", mailbox.value(), reason.code());
                failed(begun, reason);
            } catch (DataAccessResourceFailureException
                    | TransientDataAccessException
                    | RecoverableDataAccessException
                    | TransactionException e) {
                throw e; // the database is away: nothing can be noted
            } catch (UncheckedIOException e) {
                LOG.error("What a mailbox brings cannot be written to the disk [mailbox={}]", mailbox.value(), e);
                failed(begun, Reason.of("mail.disk"));
            } catch (RuntimeException
                    | OutOfMemoryError
                    | StackOverflowError e) { // a reader that ends is missed by nobody
                if (ended()) {
                    return; // we closed the connection under its feet
                }
                LOG.error("A mailbox reader broke; it begins again [mailbox={}]", mailbox.value(), e);
                failed(begun, Reason.of("mail.our-fault"));
            }
        }

        private Reason reason(Mailbox known, MessagingException failure) {
            if (known.signIn() == SignIn.OAUTH
                    && failure instanceof AuthenticationFailedException
                    && !(failure instanceof NoTokenException)) {
                tokens.doubt(mailbox);
                return Reason.of("mail.sign-in-again", known.incoming().host());
            }
            return MailTrouble.of(failure, known.incoming());
        }

        /** Counts from one again after it had worked. */
        private void failed(Instant begun, Reason problem) {
            if (ended()) {
                return;
            }
            var contact = mailboxes
                    .find(mailbox)
                    .map(now -> now.health().lastContactAt())
                    .orElse(null);
            failures = contact != null && !contact.isBefore(begun) ? 1 : failures + 1;
            var pause = Backoff.after(failures, ThreadLocalRandom.current());
            if (mailboxes.fails(mailbox, problem, failures, clock.instant().plus(pause))) {
                log.trouble(mailbox, problem);
            }
            rest(pause);
        }

        void sweep() {
            sweepAsked.set(true);
            var line = open;
            if (line != null) {
                line.wake();
            }
        }

        void wake() {
            var line = open;
            if (line != null) {
                line.wake();
            }
        }

        private void end() {
            over.countDown();
            var line = open;
            if (line != null) {
                line.close();
            }
        }
    }

    private final MailboxTable mailboxes;
    private final MailboxReader reader;
    private final FolderTable folders;
    private final MailboxLog log;
    private final AccessTokens tokens;
    private final Clock clock;
    private final Workspaces workspaces;
    private final Map<MailboxId, Watched> watched = new ConcurrentHashMap<>();
    private volatile boolean running;

    MailboxWatch(
            MailboxTable mailboxes,
            MailboxReader reader,
            FolderTable folders,
            MailboxLog log,
            AccessTokens tokens,
            Workspaces workspaces,
            Clock clock) {
        this.mailboxes = mailboxes;
        this.reader = reader;
        this.folders = folders;
        this.log = log;
        this.tokens = tokens;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** Asks for a comparison of the mailbox with its server, soon. */
    void sweep(MailboxId id) {
        var found = watched.get(id);
        if (found != null) {
            found.sweep();
        }
    }

    /** A person wants a mail that the server had not given to be asked for once more. */
    @EventListener
    void note(FetchAgain wanted) {
        folders.askAgain(new MailboxId(wanted.mailbox()), wanted.place());
    }

    @TransactionalEventListener
    void wake(FetchAgain wanted) {
        var found = watched.get(new MailboxId(wanted.mailbox()));
        if (found != null) {
            found.wake();
        }
    }

    @TransactionalEventListener
    void on(Mailboxes.Changed changed) {
        var old = watched.remove(changed.id());
        if (old != null) {
            old.end();
        }
        if (running) {
            watched.put(changed.id(), new Watched(Workspace.required(), changed.id()));
        }
    }

    @Override
    public void start() {
        running = true;
        for (var workspace : workspaces.all()) {
            for (var mailbox : Workspace.call(workspace, mailboxes::all)) {
                if (mailbox.receives() == Receiving.IMAP) {
                    watched.put(mailbox.id(), new Watched(workspace, mailbox.id()));
                }
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        watched.values().forEach(Watched::end);
        watched.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
