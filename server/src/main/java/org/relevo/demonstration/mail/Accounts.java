package org.relevo.demonstration.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The mailboxes we keep and their passwords, one file each. The passwords are in the clear, as IMAP and SMTP compare
 * them on loopback: they open the demonstration's mail and nothing else.
 */
final class Accounts {

    private final DurableFolder folder;
    private final Inboxes inboxes;
    private final Function<String, String> passwordOf;
    private final Map<MailboxAddress, String> passwords = new ConcurrentHashMap<>();

    Accounts(Path path, Inboxes inboxes, Function<String, String> passwordOf) throws IOException {
        this.folder = DurableFolder.open(path);
        this.inboxes = inboxes;
        this.passwordOf = passwordOf;
        for (Path file : folder.list("")) {
            var address = MailboxAddress.fromFileName(file.getFileName().toString());
            know(address, Files.readString(file));
        }
    }

    /** Makes sure that {@code address} has a mailbox, with the password that is usual for it if it is new. */
    void ensure(MailboxAddress address) throws IOException {
        if (!passwords.containsKey(address)) {
            createIfAbsent(address);
        }
    }

    private synchronized void createIfAbsent(MailboxAddress address) throws IOException {
        if (!passwords.containsKey(address)) {
            create(address, passwordOf.apply(address.value()));
        }
    }

    /** Opens a mailbox, or gives the one that is there another password. */
    synchronized void create(MailboxAddress address, String password) throws IOException {
        if (password.equals(passwords.get(address))) {
            return;
        }
        folder.write(address.fileName(), password.getBytes(UTF_8));
        know(address, password);
    }

    /** Whether {@code login}, an address in full, has this password. */
    boolean opens(String login, String password) {
        var address = new MailboxAddress(login.strip().toLowerCase(Locale.ROOT));
        return password.equals(passwords.get(address));
    }

    private void know(MailboxAddress address, String password) {
        inboxes.open(address, password);
        passwords.put(address, password);
    }
}
