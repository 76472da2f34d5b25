package org.relevo.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.signin.AccessTokens;
import org.relevo.channels.email.signin.OAuthClient;
import org.relevo.platform.ProblemException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The mailboxes of the running workspace: adding, changing and removing them. */
@Service
public class Mailboxes {

    /** Something about a mailbox's settings changed; its reader starts afresh after the commit. */
    public record Changed(MailboxId id) {}

    /**
     * How to read and answer from a mailbox.
     *
     * @param imap where it is read; means nothing when its mail is forwarded to us
     * @param historyDays how far back the first reading goes
     * @param folders which folders are read; none for those that are read already, or else the usual ones
     * @param oauth with it the sign-in is by OAuth, and the password means nothing
     */
    public record Settings(
            String address,
            String name,
            Receiving receives,
            @Nullable MailServer imap,
            MailServer smtp,
            String username,
            String password,
            @Nullable UUID team,
            int historyDays,
            boolean plusAddressing,
            List<String> folders,
            @Nullable OAuthClient oauth) {

        /** Folders of a mailbox for which nobody chose. */
        public static final List<String> USUAL_FOLDERS = List.of("INBOX");

        public Settings {
            address = address.strip().toLowerCase(Locale.ROOT);
            imap = receives == Receiving.FORWARDING ? null : imap;
            folders = folders.isEmpty()
                    ? USUAL_FOLDERS
                    : folders.stream().distinct().toList();
        }

        /** A mailbox with a password, of which the INBOX is read. */
        public Settings(
                String address,
                String name,
                MailServer imap,
                MailServer smtp,
                String username,
                String password,
                @Nullable UUID team,
                int historyDays,
                boolean plusAddressing) {
            this(address, name, imap, smtp, username, password, team, historyDays, plusAddressing, USUAL_FOLDERS, null);
        }

        /** A mailbox that is read by IMAP. */
        public Settings(
                String address,
                String name,
                MailServer imap,
                MailServer smtp,
                String username,
                String password,
                @Nullable UUID team,
                int historyDays,
                boolean plusAddressing,
                List<String> folders,
                @Nullable OAuthClient oauth) {
            this(
                    address,
                    name,
                    Receiving.IMAP,
                    imap,
                    smtp,
                    username,
                    password,
                    team,
                    historyDays,
                    plusAddressing,
                    folders,
                    oauth);
        }

        SignIn signIn() {
            return oauth == null ? SignIn.PASSWORD : SignIn.OAUTH;
        }

        MailAccount account() {
            return new MailAccount(imap, smtp, username, password);
        }

        @Override
        public String toString() {
            return address;
        }
    }

    private final MailboxTable table;
    private final AccessTokens tokens;
    private final ApplicationEventPublisher events;

    Mailboxes(MailboxTable table, AccessTokens tokens, ApplicationEventPublisher events) {
        this.tokens = tokens;
        this.table = table;
        this.events = events;
    }

    /**
     * Adds a mailbox; it is read from now on.
     *
     * @throws ProblemException {@code invalid-request} if the address is read already
     */
    @Transactional
    public MailboxId add(Settings settings) {
        try {
            var id = table.save(null, settings);
            events.publishEvent(new Changed(id));
            return id;
        } catch (DuplicateKeyException e) {
            throw ProblemException.invalid("/address", "field.mailbox-known", settings.address());
        }
    }

    /**
     * Changes how a mailbox is reached; what was read stays. No folders leave those that are read; an empty password leaves
     * the sign-in as it is.
     */
    @Transactional
    public void change(MailboxId id, Settings settings) {
        var known = table.find(id).orElseThrow(ProblemException::notFound);
        var password = settings.password().isEmpty() ? table.password(id) : settings.password();
        table.save(
                id,
                new Settings(
                        known.address(),
                        settings.name(),
                        settings.receives(),
                        settings.imap(),
                        settings.smtp(),
                        settings.username(),
                        password,
                        settings.team(),
                        known.historyDays(),
                        settings.plusAddressing(),
                        settings.folders().isEmpty() ? known.folders() : settings.folders(),
                        signIn(known, settings)));
        events.publishEvent(new Changed(id));
    }

    private @Nullable OAuthClient signIn(Mailbox known, Settings settings) {
        var asBefore = settings.oauth() == null && settings.password().isEmpty() && known.signIn() == SignIn.OAUTH;
        return asBefore ? tokens.client(known.id()).orElse(null) : settings.oauth();
    }

    /** Adds the mailbox, or sets the one of that address to exactly these settings. */
    @Transactional
    public void put(Settings settings) {
        var known = table.all().stream()
                .filter(mailbox -> mailbox.address().equals(settings.address()))
                .findFirst();
        var id = table.save(known.map(Mailbox::id).orElse(null), settings);
        events.publishEvent(new Changed(id));
    }

    /** Stops reading a mailbox. Its tickets stay. */
    @Transactional
    public void remove(MailboxId id) {
        if (!table.remove(id)) {
            throw ProblemException.notFound();
        }
        events.publishEvent(new Changed(id));
    }
}
