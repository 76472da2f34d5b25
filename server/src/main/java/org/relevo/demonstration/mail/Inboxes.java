package org.relevo.demonstration.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapHostManagerImpl;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;

/** What IMAP shows: GreenMail's inboxes in memory, one for each account, with a UIDVALIDITY of our choice. */
final class Inboxes extends Managers {

    private final ImapHostManager host;
    private final UserManager users;

    Inboxes(long uidValidity) {
        this.host = new ImapHostManagerImpl(new SteadyStore(uidValidity));
        this.users = new UserManager(host);
    }

    @Override
    public ImapHostManager getImapHostManager() {
        return host;
    }

    @Override
    public UserManager getUserManager() {
        return users;
    }

    /** Opens the inbox of {@code address}, or changes its password. */
    synchronized void open(MailboxAddress address, String password) {
        if (users.hasUser(address.value())) {
            user(address).setPassword(password);
            return;
        }
        try {
            users.createUser(address.value(), address.value(), password);
        } catch (UserException e) {
            throw new IllegalStateException("GreenMail opens no mailbox for an address it does not know", e);
        }
    }

    /**
     * Appends {@code mail} under the next UID and tells every client that idles.
     *
     * @throws RuntimeException of any kind if GreenMail cannot read the mail; the UID is used up all the same
     */
    void append(MailboxAddress address, MimeMessage mail, Instant receivedAt) {
        inbox(address).appendMessage(mail, new Flags(), Date.from(receivedAt));
    }

    private MailFolder inbox(MailboxAddress address) {
        try {
            return host.getInbox(user(address));
        } catch (FolderException e) {
            throw new IllegalStateException("GreenMail creates the inbox with its user", e);
        }
    }

    private GreenMailUser user(MailboxAddress address) {
        return users.getUser(address.value());
    }
}
