package org.relevo.channels.email;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Reason;

/**
 * A mailbox that we read and answer from.
 *
 * @param receives how its mail comes to us
 * @param imap where it is read; absent when its mail is forwarded to us
 * @param forwardingKey names it in its secret forwarding address; kept for when it is forwarded again
 * @param folders which folders are read; the first is listened to, the others are looked at every half minute
 * @param historyDays how far back the first reading goes
 * @param plusAddressing whether its server delivers {@code name+anything@} to {@code name@}: then replies carry a signed address
 */
public record Mailbox(
        MailboxId id,
        String address,
        String name,
        Receiving receives,
        @Nullable MailServer imap,
        @Nullable String forwardingKey,
        MailServer smtp,
        String username,
        SignIn signIn,
        List<String> folders,
        @Nullable UUID team,
        int historyDays,
        boolean plusAddressing,
        Handling handling,
        Health health) {

    /**
     * What happens to its mail beyond becoming a ticket.
     *
     * @param trustedServers whose word about senders counts (authserv-id)
     * @param acknowledgement what whoever writes first is told; nothing when absent
     */
    public record Handling(
            List<String> trustedServers, @Nullable String acknowledgement) {

        public static final Handling USUAL = new Handling(List.of(), null);
    }

    /** A mailbox that is signed in by password and of which the INBOX is read. */
    public Mailbox(
            MailboxId id,
            String address,
            String name,
            MailServer imap,
            MailServer smtp,
            String username,
            @Nullable UUID team,
            int historyDays,
            boolean plusAddressing,
            Health health) {
        this(
                id,
                address,
                name,
                Receiving.IMAP,
                imap,
                null,
                smtp,
                username,
                SignIn.PASSWORD,
                Mailboxes.Settings.USUAL_FOLDERS,
                team,
                historyDays,
                plusAddressing,
                Handling.USUAL,
                health);
    }

    /**
     * How it is doing.
     *
     * @param problem what is wrong, when it is failing
     * @param failures tries that failed since it last worked
     * @param nextTryAt when the next try begins, after a failure
     * @param silentSince when the last mail came, if that is longer ago than is usual for this mailbox
     */
    public record Health(
            State state,
            Instant since,
            @Nullable Instant lastContactAt,
            @Nullable Reason problem,
            int failures,
            @Nullable Instant nextTryAt,
            @Nullable Instant silentSince) {

        public Health(State state, Instant since, @Nullable Instant lastContactAt, @Nullable Reason problem) {
            this(state, since, lastContactAt, problem, 0, null, null);
        }
    }

    /** Whether mail flows. */
    public enum State {
        OK,
        CONNECTING,
        FAILING,
        PAUSED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Where it is read; for those that are. */
    public MailServer incoming() {
        if (imap == null) {
            throw new IllegalStateException("Mail of this mailbox is forwarded; it is read nowhere");
        }
        return imap;
    }

    String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    String local() {
        return address.substring(0, address.indexOf('@'));
    }
}
