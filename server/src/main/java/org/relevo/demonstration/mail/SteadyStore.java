package org.relevo.demonstration.mail;

import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GreenMail's store with inboxes that keep their UIDVALIDITY. GreenMail takes the second in which it created the folder,
 * so that every restart would tell clients to forget all they have read (RFC 3501, 2.3.1.1). Its folder class is closed
 * to us; we put a face in front of it that answers this one question and passes on all others. Folders other than the
 * inbox live as long as the process and keep GreenMail's value.
 */
final class SteadyStore extends InMemoryStore {

    private final long uidValidity;

    SteadyStore(long uidValidity) {
        this.uidValidity = uidValidity;
    }

    @Override
    public @Nullable MailFolder getMailbox(String absoluteName) {
        return faced(super.getMailbox(absoluteName));
    }

    @Override
    public @Nullable MailFolder getMailbox(MailFolder parent, String name) {
        return faced(super.getMailbox(behind(parent), name));
    }

    @Override
    public @Nullable MailFolder createMailbox(MailFolder parent, String name, boolean selectable)
            throws FolderException {
        return faced(super.createMailbox(behind(parent), name, selectable));
    }

    @Override
    public void deleteMailbox(MailFolder folder) throws FolderException {
        super.deleteMailbox(behind(folder));
    }

    @Override
    public void renameMailbox(MailFolder folder, String newName) throws FolderException {
        super.renameMailbox(behind(folder), newName);
    }

    @Override
    public Collection<MailFolder> getChildren(MailFolder parent) {
        return faced(super.getChildren(behind(parent)));
    }

    @Override
    public @Nullable MailFolder setSelectable(MailFolder folder, boolean selectable) {
        return faced(super.setSelectable(behind(folder), selectable));
    }

    @Override
    public Collection<MailFolder> listMailboxes(String searchPattern) throws FolderException {
        return faced(super.listMailboxes(searchPattern));
    }

    private List<MailFolder> faced(Collection<MailFolder> folders) {
        return folders.stream().map(this::face).toList();
    }

    private @Nullable MailFolder faced(@Nullable MailFolder folder) {
        return folder == null ? null : face(folder);
    }

    private MailFolder face(MailFolder folder) {
        if (!folder.getName().equals(ImapConstants.INBOX_NAME)) {
            return folder;
        }
        return (MailFolder) Proxy.newProxyInstance(
                SteadyStore.class.getClassLoader(), new Class<?>[] {MailFolder.class}, new Face(folder, uidValidity));
    }

    private static MailFolder behind(MailFolder folder) {
        return Proxy.isProxyClass(folder.getClass()) && Proxy.getInvocationHandler(folder) instanceof Face face
                ? face.folder()
                : folder;
    }

    private record Face(MailFolder folder, long uidValidity) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("getUidValidity")) {
                return uidValidity;
            }
            try {
                return method.invoke(folder, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }
    }
}
