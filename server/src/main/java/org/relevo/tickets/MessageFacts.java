package org.relevo.tickets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/**
 * What a channel found out about a message beyond its words. Kept with the message as JSON.
 *
 * @param forwarded the mail that it passes on
 * @param protection none, smime-signed, smime-encrypted, pgp-signed or pgp-encrypted; signatures are not verified
 * @param problem what of it is only in its source, and why
 */
public record MessageFacts(
        Automatic automatic,
        Sender sender,
        @Nullable Forwarded forwarded,
        List<CalendarEvent> invitations,
        String protection,
        @Nullable Reason problem) {

    /** Nothing but its words. */
    public static final MessageFacts NONE =
            new MessageFacts(Automatic.PERSON, Sender.UNKNOWN, null, List.of(), "none", null);

    /**
     * Whether a machine sent it, and how we know.
     *
     * @param asksNothing whether nobody waits for an answer: an out-of-office note, a report of the mail system. A contact
     *     form or a marketplace is a machine too, and asks
     */
    public record Automatic(Kind kind, @Nullable Reason because, boolean asksNothing) {

        public static final Automatic PERSON = new Automatic(Kind.NONE, null, false);

        /** What sort of machine. */
        public enum Kind {
            NONE,
            AUTO_REPLY,
            BULK,
            LIST,
            SYSTEM;

            @JsonValue
            public String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }

            @JsonCreator
            public static Kind of(String word) {
                return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }
    }

    /** Whether the sender is who they say, by the results of RFC 8601 that our own server reported. */
    public record Sender(Verdict verdict, String spf, String dkim, String dmarc) {

        public static final Sender UNKNOWN = new Sender(Verdict.UNKNOWN, "none", "none", "none");

        public enum Verdict {
            /** Proven by the sender's domain. */
            VERIFIED,
            /** Nobody whom we trust has said anything. */
            UNKNOWN,
            /** Proven false. */
            FAILED;

            @JsonValue
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            @JsonCreator
            public static Verdict of(String word) {
                return valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
    }

    /** Who first wrote a mail that was passed on; the date as the forwarding program wrote it. */
    public record Forwarded(
            String name,
            String address,
            @Nullable String date,
            @Nullable String subject) {}

    /** An event of a calendar part; see RFC 5546 for {@code method}. Times as ISO 8601, or as they were written. */
    public record CalendarEvent(
            String method,
            @Nullable String summary,
            @Nullable String start,
            @Nullable String end,
            @Nullable String location,
            @Nullable String organizer,
            @Nullable String status) {}
}
