package org.relevo.channels.email.receiving;

import java.time.Clock;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailboxTable;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Component;

/** Says that a mailbox is quieter than it should be, and takes it back when mail comes again. */
@Component
public class SilenceWarning {

    private final MailboxTable mailboxes;
    private final MailboxHealth health;
    private final MailboxLog log;
    private final Clock clock;

    SilenceWarning(MailboxTable mailboxes, MailboxHealth health, MailboxLog log, Clock clock) {
        this.mailboxes = mailboxes;
        this.health = health;
        this.log = log;
        this.clock = clock;
    }

    /** Compares the mailbox's last mail with its usual gap. */
    public void lookAt(MailboxId id) {
        var since = health.silence(id)
                .flatMap(silence -> silence.since(clock.instant()))
                .orElse(null);
        if (mailboxes.silent(id, since) && since != null) {
            log.trouble(id, Reason.of("mail.log.silent"));
        }
    }
}
