package org.relevo.channels.email.receiving;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Workspaces;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailTrouble;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps a reader at every mailbox: one virtual thread each, begun again after trouble, at first soon, then every few minutes. */
@Component
class MailboxWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MailboxWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final class Watched {
        private final WorkspaceId workspace;
        private final MailboxId mailbox;
        private volatile @Nullable ImapFolder open;
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean began;

        Watched(WorkspaceId workspace, MailboxId mailbox) {
            this.workspace = workspace;
            this.mailbox = mailbox;
            Thread.ofVirtual().name("mailbox-" + mailbox.value()).start(() -> Workspace.run(workspace, this::run));
        }

        private void run() {
            var pause = FIRST_PAUSE;
            while (!ended()) {
                began = false;
                try {
                    var known = mailboxes.find(mailbox);
                    if (known.isEmpty()) {
                        return;
                    }
                    read(known.get());
                } catch (DataAccessException | TransactionException e) {
                    LOG.warn("A mailbox waits for the database [mailbox={}]", mailbox.value(), e);
                }
                pause = began ? FIRST_PAUSE : longer(pause);
                rest(pause);
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
            try (var folder = ImapFolder.open(mailboxes.account(known))) {
                open = folder;
                if (ended()) {
                    return; // it ended while the folder opened, and could not close it
                }
                began = true;
                reader.read(known, folder);
            } catch (MessagingException e) {
                LOG.warn(
                        "A mailbox cannot be read; trying again [mailbox={}, workspace={}]",
                        mailbox.value(),
                        workspace);
                note(MailTrouble.of(e, known.imap()));
            } catch (DataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException e) {
                if (ended()) {
                    return; // we closed the folder under its feet
                }
                LOG.error("A mailbox reader broke; it begins again [mailbox={}]", mailbox.value(), e);
                note(Reason.of("mail.our-fault"));
            }
        }

        private void note(Reason problem) {
            if (!ended()) {
                mailboxes.health(mailbox, Mailbox.State.FAILING, problem);
            }
        }

        private void end() {
            over.countDown();
            var folder = open;
            if (folder != null) {
                folder.close();
            }
        }
    }

    private final MailboxTable mailboxes;
    private final MailboxReader reader;
    private final Workspaces workspaces;
    private final Map<MailboxId, Watched> watched = new ConcurrentHashMap<>();
    private volatile boolean running;

    MailboxWatch(MailboxTable mailboxes, MailboxReader reader, Workspaces workspaces) {
        this.mailboxes = mailboxes;
        this.reader = reader;
        this.workspaces = workspaces;
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
                watched.put(mailbox.id(), new Watched(workspace, mailbox.id()));
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

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
