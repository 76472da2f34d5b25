package org.relevo.channels.email.smtp;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Workspaces;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.channels.email.Receiving;
import org.relevo.channels.email.receiving.SilenceWarning;
import org.relevo.platform.Reason;
import org.relevo.platform.Workspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/** Keeps the receiver open where its port is set, and tells each forwarded mailbox whether it is. */
@Component
class SmtpDoor implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpDoor.class);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration SILENCE_LOOK = Duration.ofHours(1);

    private final SmtpSettings settings;
    private final Forwarding forwarding;
    private final Workspaces workspaces;
    private final MailboxTable mailboxes;
    private final SilenceWarning silence;
    private final Clock clock;
    private final Semaphore news = new Semaphore(0);
    private Instant nextSilenceLook = Instant.MIN;
    private @Nullable SmtpServer server;
    private volatile boolean running;
    private Thread keeper = Thread.ofVirtual().unstarted(this::keep);

    SmtpDoor(
            SmtpSettings settings,
            Forwarding forwarding,
            Workspaces workspaces,
            MailboxTable mailboxes,
            SilenceWarning silence,
            Clock clock) {
        this.settings = settings;
        this.forwarding = forwarding;
        this.workspaces = workspaces;
        this.mailboxes = mailboxes;
        this.silence = silence;
        this.clock = clock;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(Mailboxes.Changed changed) {
        LOG.debug("A mailbox changed [mailbox={}]", changed.id().value());
        news.release();
    }

    private void keep() {
        while (running) {
            try {
                tend();
                if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("The forwarded mailboxes are looked at again in a moment", e);
                news.drainPermits();
                rest();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void rest() {
        try {
            Thread.sleep(Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tend() {
        open();
        var problem = problem();
        var lookForSilence = !clock.instant().isBefore(nextSilenceLook);
        for (var workspace : workspaces.all()) {
            Workspace.run(
                    workspace,
                    () -> mailboxes.all().stream()
                            .filter(mailbox -> mailbox.receives() == Receiving.FORWARDING)
                            .forEach(mailbox -> tend(mailbox.id(), problem, lookForSilence)));
        }
        if (lookForSilence) {
            nextSilenceLook = clock.instant().plus(SILENCE_LOOK);
        }
    }

    private void tend(MailboxId mailbox, @Nullable Reason problem, boolean lookForSilence) {
        mailboxes.receiver(mailbox, problem);
        if (lookForSilence) {
            silence.lookAt(mailbox);
        }
    }

    private synchronized void open() {
        if (!running || server != null || !settings.isOpen()) {
            return;
        }
        try {
            server = SmtpServer.open(settings, forwarding);
            LOG.info("Forwarded mail is taken in [port={}]", settings.port());
        } catch (IOException e) {
            LOG.error("The port for forwarded mail cannot be opened; trying again [port={}]", settings.port(), e);
        }
    }

    private synchronized @Nullable Reason problem() {
        if (server != null) {
            return null;
        }
        return settings.isOpen()
                ? Reason.of("mail.receiver-port", String.valueOf(settings.port()))
                : Reason.of("mail.receiver-off");
    }

    @Override
    public synchronized void start() {
        running = true;
        keeper = Thread.ofVirtual().name("smtp-keeper").start(this::keep);
    }

    @Override
    public void stop() {
        running = false;
        news.release();
        try {
            keeper.join(LOOK); // never interrupted: that would break a statement's connection
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        shut();
    }

    private synchronized void shut() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
