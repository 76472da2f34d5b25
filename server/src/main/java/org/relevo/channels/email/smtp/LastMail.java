package org.relevo.channels.email.smtp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.MailboxTable;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Notes when mail came last, now and then: a hundred mails at a time do not queue for one row. */
@Component
class LastMail {

    private static final Logger LOG = LoggerFactory.getLogger(LastMail.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MailboxTable mailboxes;
    private final Clock clock;
    private final Map<MailboxId, Instant> noted = new ConcurrentHashMap<>();

    LastMail(MailboxTable mailboxes, Clock clock) {
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /** A mail was stored; that it cannot be noted does not make it untrue. */
    void came(WorkspaceId workspace, MailboxId mailbox) {
        var now = clock.instant();
        var before = noted.get(mailbox);
        if (before != null && now.isBefore(before.plus(PAUSE))) {
            return;
        }
        noted.put(mailbox, now);
        try {
            Workspace.run(workspace, () -> mailboxes.works(mailbox, null));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("When mail came last could not be noted [mailbox={}]", mailbox.value(), e);
        }
    }
}
