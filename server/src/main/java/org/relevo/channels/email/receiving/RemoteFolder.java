package org.relevo.channels.email.receiving;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;

/**
 * A folder at a mail server.
 *
 * @param role what the server says it is for (RFC 6154)
 * @param read whether it is read now
 * @param offered whether customers' mail may lie there: not what was sent, drafted or thrown away
 */
@Schema(name = "MailboxFolder")
record RemoteFolder(String name, Role role, boolean read, boolean offered) {

    /** The special uses of RFC 6154. */
    enum Role {
        INBOX,
        SENT,
        TRASH,
        DRAFTS,
        JUNK,
        ARCHIVE,
        ALL,
        FLAGGED,
        IMPORTANT,
        NONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean offered() {
            return switch (this) {
                case INBOX, JUNK, ARCHIVE, NONE -> true;
                case SENT, TRASH, DRAFTS, ALL, FLAGGED, IMPORTANT -> false;
            };
        }

        static Role of(String name, List<String> attributes) {
            if ("INBOX".equalsIgnoreCase(name)) {
                return INBOX;
            }
            return List.of(values()).stream()
                    .filter(role -> role != INBOX && role != NONE)
                    .filter(role -> attributes.stream().anyMatch(("\\" + role)::equalsIgnoreCase))
                    .findFirst()
                    .orElse(NONE);
        }
    }
}
