package org.relevo.channels.email;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Reason;

/**
 * A mailbox that we read and answer from.
 *
 * @param historyDays how far back the first reading goes
 * @param plusAddressing whether its server delivers {@code name+anything@} to {@code name@}: then replies carry a signed address
 */
public record Mailbox(
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

    /**
     * How it is doing.
     *
     * @param problem what is wrong, when it is failing
     */
    public record Health(
            State state,
            Instant since,
            @Nullable Instant lastContactAt,
            @Nullable Reason problem) {}

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

    String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    String local() {
        return address.substring(0, address.indexOf('@'));
    }
}
