package org.relevo.channels.email.receiving;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Component;

/**
 * Reads the folders of one mailbox: listens to the first, looks at the others every half minute, and compares all of them
 * with what is stored once an hour. Dies with the connection; whoever runs it begins anew.
 */
@Component
class MailboxReader {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofHours(1);

    /** One reading, from sign-in to the end of the line. */
    private final class Reading {
        private final Mailbox mailbox;
        private final ImapConnection line;
        private final ImapFolder main;
        private final AtomicBoolean sweepAsked;
        private Instant nextPoll = Instant.MIN;
        private Instant nextSweep;
        private @Nullable Reason problem;

        Reading(Mailbox mailbox, ImapConnection line, ImapFolder main, AtomicBoolean sweepAsked) {
            this.mailbox = mailbox;
            this.line = line;
            this.main = main;
            this.sweepAsked = sweepAsked;
            this.nextSweep = lastSweep().plus(SWEEP);
        }

        private Instant lastSweep() {
            var swept = folders.progress(mailbox.id()).stream()
                    .filter(folder -> mailbox.folders().contains(folder.folder()))
                    .map(FolderTable.Progress::sweptAt)
                    .toList();
            return swept.size() < mailbox.folders().size() || swept.contains(null)
                    ? Instant.EPOCH
                    : swept.stream().min(Instant::compareTo).orElse(Instant.EPOCH);
        }

        void run() throws MessagingException {
            while (!Thread.currentThread().isInterrupted()) {
                var found = reading.catchUp(mailbox, main);
                pollWhenDue();
                if (mailboxes.works(mailbox.id(), problem)) {
                    tellNews();
                }
                reading.askAgain(mailbox, main); // one of those may break the line: everything else comes first
                sweepWhenDue();
                // A mail that comes before IDLE begins is announced to nobody: wait only right after a look that found
                // nothing.
                if (!found && !reading.catchUp(mailbox, main)) {
                    main.await(LOOK);
                }
            }
        }

        private void tellNews() {
            if (problem == null) {
                log.note(mailbox.id(), "mail.log.works");
            } else {
                log.trouble(mailbox.id(), problem);
            }
        }

        private void pollWhenDue() throws MessagingException {
            if (mailbox.folders().size() == 1 || clock.instant().isBefore(nextPoll)) {
                return;
            }
            problem = null;
            for (var name : mailbox.folders().subList(1, mailbox.folders().size())) {
                poll(name);
            }
            nextPoll = clock.instant().plus(POLL);
        }

        private void poll(String name) throws MessagingException {
            var standing = main.standing(name);
            if (standing.isEmpty()) {
                problem = Reason.of("mail.folder-missing", name);
            } else if (reading.worthALook(mailbox, name, standing.get())) {
                try (var folder = line.open(name)) {
                    while (reading.catchUp(mailbox, folder)) {
                        // until nothing is left
                    }
                    reading.askAgain(mailbox, folder);
                    reading.upToDate(mailbox, standing.get(), name);
                }
            }
        }

        private void sweepWhenDue() throws MessagingException {
            if (!sweepAsked.getAndSet(false) && clock.instant().isBefore(nextSweep)) {
                return;
            }
            reading.sweep(mailbox, main);
            for (var name : mailbox.folders().subList(1, mailbox.folders().size())) {
                if (main.standing(name).isPresent()) {
                    try (var folder = line.open(name)) {
                        reading.sweep(mailbox, folder);
                    }
                }
            }
            nextSweep = clock.instant().plus(SWEEP);
            silence.lookAt(mailbox.id());
            mailboxes.tell(mailbox.id());
        }
    }

    private final MailboxTable mailboxes;
    private final FolderTable folders;
    private final FolderReading reading;
    private final SilenceWarning silence;
    private final MailboxLog log;
    private final Clock clock;

    MailboxReader(
            MailboxTable mailboxes,
            FolderTable folders,
            FolderReading reading,
            SilenceWarning silence,
            MailboxLog log,
            Clock clock) {
        this.mailboxes = mailboxes;
        this.folders = folders;
        this.reading = reading;
        this.silence = silence;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Reads until the connection breaks or is closed.
     *
     * @param sweepAsked set by whoever wants a sweep before its time
     */
    void read(Mailbox mailbox, ImapConnection line, AtomicBoolean sweepAsked) throws MessagingException {
        try (var main = line.listen(mailbox.folders().getFirst())) {
            new Reading(mailbox, line, main, sweepAsked).run();
        }
    }
}
