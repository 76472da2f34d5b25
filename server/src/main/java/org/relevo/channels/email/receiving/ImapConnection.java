package org.relevo.channels.email.receiving;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.ResyncData;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.MailAccount;

/** A signed-in account at an IMAP server. Closing it, from whichever thread, ends whatever goes on over it. */
final class ImapConnection implements AutoCloseable {

    private final IMAPStore store;
    private final ImapFolder.Abilities abilities;
    private volatile @Nullable ImapFolder listening;

    private ImapConnection(IMAPStore store, ImapFolder.Abilities abilities) {
        this.store = store;
        this.abilities = abilities;
    }

    static ImapConnection open(MailAccount account) throws MessagingException {
        var store = new BoundedStore(Session.getInstance(account.imapProperties()));
        store.connect(account.username(), account.password());
        try {
            // Asked once, before a folder is open: the library may take another connection for it.
            var abilities = new ImapFolder.Abilities(store.hasCapability("IDLE"), store.hasCapability("CONDSTORE"));
            return new ImapConnection(store, abilities);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    /** Opens the folder that is listened to. */
    ImapFolder listen(String name) throws MessagingException {
        var folder = open(name);
        listening = folder;
        return folder;
    }

    /** Opens a folder to read; several may be open, each over a line of its own. */
    ImapFolder open(String name) throws MessagingException {
        var folder = (IMAPFolder) store.getFolder(name);
        if (abilities.modificationSequences()) {
            folder.open(Folder.READ_ONLY, ResyncData.CONDSTORE);
        } else {
            folder.open(Folder.READ_ONLY);
        }
        return new ImapFolder(folder, name, abilities);
    }

    /** Whoever waits for news of the folder that is listened to, looks now. */
    void wake() {
        var folder = listening;
        if (folder != null) {
            folder.wake();
        }
    }

    /** The folders that can be opened, with what the server says they are for (RFC 6154). */
    List<RemoteFolder> folders(Collection<String> read) throws MessagingException {
        var uses = store.hasCapability("SPECIAL-USE") && store.hasCapability("LIST-EXTENDED")
                ? " RETURN (SPECIAL-USE)"
                : "";
        var found = new ArrayList<RemoteFolder>();
        ((IMAPFolder) store.getDefaultFolder()).doCommand(protocol -> {
            for (var response : ImapFolder.command(protocol, "LIST \"\" \"*\"" + uses)) {
                if (response instanceof IMAPResponse answer && answer.keyEquals("LIST")) {
                    add(found, new ListInfo(answer), read);
                }
            }
            return null;
        });
        return found;
    }

    private static void add(List<RemoteFolder> found, ListInfo folder, Collection<String> read) {
        if (folder.canOpen) {
            var role = RemoteFolder.Role.of(folder.name, List.of(folder.attrs));
            found.add(new RemoteFolder(folder.name, role, read.contains(folder.name), role.offered()));
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (MessagingException _) {
            return; // it was gone already
        }
    }
}
