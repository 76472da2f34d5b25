package org.relevo.channels.email.receiving;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.MailAccount;

/** An open INBOX: exact bytes by UID, never touching a flag, and IDLE. Not for use by several threads. */
final class ImapFolder implements AutoCloseable {

    static final String INBOX = "INBOX";

    /** A mail at the server. */
    record Listed(long uid, long size) {}

    /** A mail's exact bytes and when its server took it in. */
    record Fetched(long uid, byte[] raw, @Nullable Instant internalDate) {}

    private final IMAPStore store;
    private final IMAPFolder folder;
    private final boolean idles;

    private ImapFolder(IMAPStore store, IMAPFolder folder, boolean idles) {
        this.store = store;
        this.folder = folder;
        this.idles = idles;
    }

    static ImapFolder open(MailAccount account) throws MessagingException {
        var session = Session.getInstance(account.imapProperties());
        var store = (IMAPStore) session.getStore("imap");
        store.connect(account.username(), account.password());
        try {
            // Asked once, before the folder is open: the library may take another connection for it.
            var idles = store.hasCapability("IDLE");
            var folder = (IMAPFolder) store.getFolder(INBOX);
            folder.open(Folder.READ_ONLY);
            return new ImapFolder(store, folder, idles);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    long uidValidity() throws MessagingException {
        return folder.getUIDValidity();
    }

    /** The UID before the first mail that arrived after {@code since}; where the first reading begins. */
    long before(Instant since) throws MessagingException {
        var found = folder.search(new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since.minus(Duration.ofDays(1)))));
        return found.length == 0 ? Math.max(folder.getUIDNext() - 1, 0) : folder.getUID(found[0]) - 1;
    }

    /** What stands after {@code uid}, in the order of UIDs. */
    List<Listed> after(long uid) throws MessagingException {
        return fetch(uid + 1 + ":*", "UID RFC822.SIZE", answer -> {
                    var found = answer.getItem(UID.class);
                    var size = answer.getItem(RFC822SIZE.class);
                    return found == null || found.uid <= uid
                            ? null // "n:*" always names the last mail, even an older one
                            : new Listed(found.uid, size == null ? 0 : size.size);
                })
                .stream()
                .sorted(Comparator.comparingLong(Listed::uid))
                .toList();
    }

    /** The mails with these UIDs; those deleted meanwhile are left out. */
    List<Fetched> fetch(List<Listed> wanted) throws MessagingException {
        var set = String.join(
                ",", wanted.stream().map(mail -> String.valueOf(mail.uid())).toList());
        return fetch(set, "UID INTERNALDATE BODY.PEEK[]", answer -> {
            var uid = answer.getItem(UID.class);
            var body = answer.getItem(BODY.class);
            if (uid == null || body == null || body.getByteArray() == null) {
                return null;
            }
            var date = answer.getItem(INTERNALDATE.class);
            var at = date == null || date.getDate() == null
                    ? null
                    : date.getDate().toInstant();
            return new Fetched(uid.uid, body.getByteArray().getNewBytes(), at);
        });
    }

    private interface Reading<T> {
        @Nullable
        T of(FetchResponse answer);
    }

    private <T> List<T> fetch(String uids, String items, Reading<T> reading) throws MessagingException {
        var found = new ArrayList<T>();
        folder.doCommand(protocol -> {
            for (var response : command(protocol, "UID FETCH " + uids + " (" + items + ")")) {
                if (response instanceof FetchResponse answer) {
                    var read = reading.of(answer);
                    if (read != null) {
                        found.add(read);
                    }
                }
            }
            return null;
        });
        return found;
    }

    private static Response[] command(IMAPProtocol protocol, String text) throws ProtocolException {
        var responses = protocol.command(text, null);
        protocol.notifyResponseHandlers(responses);
        protocol.handleResult(responses[responses.length - 1]);
        return responses;
    }

    /** Waits until something happens in the folder, at most {@code longest}; servers without IDLE are simply waited for. */
    void await(Duration longest) throws MessagingException {
        if (!idles) {
            rest(longest);
            return;
        }
        var over = new AtomicBoolean();
        var alarm = Thread.ofVirtual().start(() -> wakeAfter(longest, over));
        try {
            folder.idle(true);
        } finally {
            over.set(true);
            alarm.interrupt();
        }
    }

    /** Any command from elsewhere ends IDLE. */
    private void wakeAfter(Duration pause, AtomicBoolean over) {
        try {
            Thread.sleep(pause);
            if (!over.get()) {
                folder.getMessageCount();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (MessagingException | IllegalStateException _) {
            over.set(true); // the waiting thread meets the same trouble and tells it
        }
    }

    private static void rest(Duration pause) throws MessagingException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("interrupted", e);
        }
    }

    /** Closes the connection, from whichever thread; a waiting one is woken by it. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (MessagingException _) {
            return; // it was gone already
        }
    }
}
