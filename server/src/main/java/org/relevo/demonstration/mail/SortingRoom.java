package org.relevo.demonstration.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mails from any number of connections and files them in one order, first on disk and then in the inboxes. That
 * order is the order of the UIDs, so that the files alone are enough to find every mail again under its old UID.
 *
 * <p>Each connection writes and syncs its own draft; one thread names all that have come in meanwhile and syncs the
 * folder once for all of them.
 */
final class SortingRoom implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SortingRoom.class);
    private static final String ENDING = ".eml";
    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final DurableFolder folder;
    private final Accounts accounts;
    private final Inboxes inboxes;
    private final BlockingQueue<Mail> tray = new LinkedBlockingQueue<>();
    private final Thread clerk;
    private long lastSequence;

    /** Puts all mails of {@code folder} into their inboxes and opens the room for more. */
    static SortingRoom open(DurableFolder folder, Accounts accounts, Inboxes inboxes) throws IOException {
        var room = new SortingRoom(folder, accounts, inboxes);
        for (Path file : folder.list(ENDING)) {
            room.restore(file);
        }
        room.clerk.start();
        return room;
    }

    private SortingRoom(DurableFolder folder, Accounts accounts, Inboxes inboxes) {
        this.folder = folder;
        this.accounts = accounts;
        this.inboxes = inboxes;
        this.clerk = Thread.ofPlatform().daemon().name("post-office-clerk").unstarted(this::sort);
    }

    /**
     * Hands over one mail. What is returned completes when the mail is safe and visible in all mailboxes, or fails with
     * an {@link IOException} if it could not be kept, or an {@link UnreadableMailException}.
     */
    CompletableFuture<Void> deliver(byte[] content, Collection<MailboxAddress> mailboxes)
            throws IOException, UnreadableMailException {
        MimeMessage parsed = parse(content);
        Map<MailboxAddress, Path> drafts = new LinkedHashMap<>();
        for (MailboxAddress mailbox : mailboxes) {
            accounts.ensure(mailbox);
            drafts.put(mailbox, folder.draft(content));
        }
        var mail = new Mail(parsed, drafts, new CompletableFuture<>());
        tray.add(mail);
        return mail.filed();
    }

    /** Stops sorting. What was not answered yet may or may not have been kept, as after a crash. */
    @Override
    public void close() {
        clerk.interrupt();
        try {
            clerk.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sort() {
        try {
            while (true) {
                List<Mail> batch = new ArrayList<>();
                batch.add(tray.take());
                tray.drainTo(batch);
                sort(batch);
            }
        } catch (InterruptedException e) {
            // The office closes; there is nothing to put away.
        }
    }

    private void sort(List<Mail> batch) {
        Map<Mail, List<Letter>> letters = new LinkedHashMap<>();
        try {
            for (Mail mail : batch) {
                letters.put(mail, file(mail));
            }
            folder.settle();
        } catch (IOException e) {
            log.error("Mail could not be kept, its senders were asked to try again", e);
            letters.values().forEach(SortingRoom::discard);
            batch.forEach(mail -> mail.filed().completeExceptionally(e));
            return;
        }
        letters.forEach(this::show);
    }

    private List<Letter> file(Mail mail) throws IOException {
        List<Letter> letters = new ArrayList<>();
        for (var draft : mail.drafts().entrySet()) {
            lastSequence++;
            String name = "%012d-%s%s".formatted(lastSequence, draft.getKey().fileName(), ENDING);
            letters.add(new Letter(draft.getKey(), folder.file(draft.getValue(), name)));
        }
        return letters;
    }

    private static void discard(List<Letter> letters) {
        for (Letter letter : letters) {
            try {
                Files.deleteIfExists(letter.file());
            } catch (IOException e) {
                log.warn("A mail that was not accepted stays in its file", e);
            }
        }
    }

    private void show(Mail mail, List<Letter> letters) {
        try {
            for (Letter letter : letters) {
                show(letter, mail.parsed());
            }
            mail.filed().complete(null);
        } catch (IOException | UnreadableMailException e) {
            mail.filed().completeExceptionally(e);
        }
    }

    private void restore(Path file) throws IOException {
        String name = file.getFileName().toString();
        int dash = name.indexOf('-');
        lastSequence = Long.parseLong(name.substring(0, dash));
        var mailbox = MailboxAddress.fromFileName(name.substring(dash + 1, name.length() - ENDING.length()));
        accounts.ensure(mailbox);
        try {
            show(new Letter(mailbox, file), parse(Files.readAllBytes(file)));
        } catch (UnreadableMailException e) {
            log.warn("A mail that was refused as unreadable stays in its file");
        }
    }

    private void show(Letter letter, MimeMessage mail) throws IOException, UnreadableMailException {
        // The time of the file is the one thing about receipt that a restart finds again.
        var receivedAt = Files.getLastModifiedTime(letter.file()).toInstant();
        try {
            inboxes.append(letter.mailbox(), mail, receivedAt);
        } catch (RuntimeException e) {
            // GreenMail's parser throws whatever its string handling does, for instance on a type without a slash.
            throw new UnreadableMailException(e);
        }
    }

    private static MimeMessage parse(byte[] content) throws UnreadableMailException {
        try {
            return new MimeMessage(NO_SESSION, new SharedByteArrayInputStream(content));
        } catch (MessagingException e) {
            throw new UnreadableMailException(e);
        }
    }

    /** A mail that no IMAP client could be shown. */
    static final class UnreadableMailException extends Exception {
        private static final long serialVersionUID = 1;

        private UnreadableMailException(Exception cause) {
            super(cause);
        }
    }

    private record Mail(MimeMessage parsed, Map<MailboxAddress, Path> drafts, CompletableFuture<Void> filed) {}

    private record Letter(MailboxAddress mailbox, Path file) {}
}
