package org.relevo.channels.email.receiving;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.relevo.channels.email.receiving.ImapFolder.Fetched;
import org.relevo.channels.email.receiving.ImapFolder.Listed;
import org.relevo.channels.email.MailboxTable.Cursor;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.inbound.Arrival;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWorkers;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads one mailbox over one connection: everything after the cursor is stored raw, then the cursor moves, then it waits for
 * more. Nothing depends on \Seen and nothing at the server is changed. Dies with the connection; whoever runs it begins anew.
 */
@Component
class MailboxReader {

    private static final int MOST_AT_ONCE = 100;
    private static final long BYTES_AT_ONCE = 16L * 1024 * 1024;
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final MailboxTable mailboxes;
    private final InboundStore inbound;
    private final InboundWorkers workers;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;

    MailboxReader(
            MailboxTable mailboxes,
            InboundStore inbound,
            InboundWorkers workers,
            BlobStore blobs,
            TransactionTemplate transaction) {
        this.mailboxes = mailboxes;
        this.inbound = inbound;
        this.workers = workers;
        this.blobs = blobs;
        this.transaction = transaction;
    }

    /** Reads until the connection breaks or is closed. */
    void read(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        while (!Thread.currentThread().isInterrupted()) {
            var found = catchUp(mailbox, folder);
            mailboxes.health(mailbox.id(), Mailbox.State.OK, null);
            // A mail that comes before IDLE begins is announced to nobody: wait only right after a look that found
            // nothing.
            if (!found && !catchUp(mailbox, folder)) {
                folder.await(LOOK);
            }
        }
    }

    /** Fetches what stands after the cursor; whether there was anything. */
    private boolean catchUp(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        var cursor = cursor(mailbox, folder);
        var batches = batches(folder.after(cursor.lastUid()));
        for (var batch : batches) {
            var fetched = folder.fetch(batch);
            var next = new Cursor(cursor.uidValidity(), batch.getLast().uid());
            keep(mailbox, fetched, next);
        }
        return !batches.isEmpty();
    }

    /** Where to go on. After a change of UIDVALIDITY everything is listed again; what we have is recognised by content. */
    private Cursor cursor(Mailbox mailbox, ImapFolder folder) throws MessagingException {
        var validity = folder.uidValidity();
        var known = mailboxes.cursor(mailbox.id(), ImapFolder.INBOX);
        if (known.isPresent() && known.get().uidValidity() == validity) {
            return known.get();
        }
        return new Cursor(validity, folder.before(mailboxes.readFrom(mailbox.id())));
    }

    private static List<List<Listed>> batches(List<Listed> mails) {
        var batches = new ArrayList<List<Listed>>();
        var batch = new ArrayList<Listed>();
        long bytes = 0;
        for (var mail : mails) {
            if (!batch.isEmpty() && (batch.size() == MOST_AT_ONCE || bytes + mail.size() > BYTES_AT_ONCE)) {
                batches.add(List.copyOf(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(mail);
            bytes += mail.size();
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    /** Blobs first, each on the disk; then their rows and the cursor, in one transaction; then a hint. */
    private void keep(Mailbox mailbox, List<Fetched> mails, Cursor next) {
        var names = blobs.keepAll(mails.stream().map(Fetched::raw).toList());
        transaction.executeWithoutResult(_ -> {
            for (int index = 0; index < mails.size(); index++) {
                var mail = mails.get(index);
                var key = "imap:" + mailbox.id().value() + ":" + ImapFolder.INBOX + ":" + next.uidValidity() + ":"
                        + mail.uid();
                inbound.add(new Arrival(
                        mailbox.id().value(), key, names.get(index), mail.raw().length, mail.internalDate()));
            }
            mailboxes.move(mailbox.id(), ImapFolder.INBOX, next);
        });
        workers.hint(Workspace.required());
    }
}
