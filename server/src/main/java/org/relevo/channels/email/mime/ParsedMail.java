package org.relevo.channels.email.mime;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/**
 * The parts of a mail, decoded. Nothing is judged here: who may believe what it says is for others.
 *
 * @param headers every header field, in order
 * @param messageId its own id, with angle brackets
 * @param inReplyTo ids with angle brackets, in the order of the header
 * @param references likewise: the oldest ancestor first, as a rule
 * @param from the first author; empty when the header names nobody that a reply could reach
 * @param deliveredTo where servers on the way say that they delivered it, in lower case
 * @param text what was written, as plain text
 * @param html what was written, as HTML and as it came: never to be shown before it is sanitised
 * @param parts the files, in order, also those that the HTML shows
 * @param invitations what its calendar parts say
 * @param protection whether it was signed or encrypted, and how
 * @param problem why the mail, or some of it, is only in its source
 * @param readable false when nothing but the source can be shown
 */
public record ParsedMail(
        Headers headers,
        Optional<String> messageId,
        List<String> inReplyTo,
        List<String> references,
        Optional<Address> from,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<String> deliveredTo,
        String subject,
        Optional<Instant> date,
        String text,
        @Nullable String html,
        List<Part> parts,
        List<Invitation> invitations,
        Protection protection,
        Optional<Reason> problem,
        boolean readable) {

    /** Who is named as the author of a mail that names nobody. */
    public static final Address NOBODY = new Address("", "unknown@invalid");

    private static final int MOST_ANCESTORS = 50;

    /** A name, possibly empty, and an address in lower case. */
    public record Address(String name, String address) {}

    /**
     * A file in a mail.
     *
     * @param inline whether it belongs to what is shown rather than being attached
     * @param contentId without angle brackets
     * @param contentLocation the URL by which the HTML may name it (RFC 2557)
     */
    public record Part(
            String name,
            String type,
            byte[] content,
            boolean inline,
            @Nullable String contentId,
            @Nullable String contentLocation) {}

    /**
     * One event of a calendar part (RFC 5545, 5546).
     *
     * @param method REQUEST, REPLY, CANCEL and so on, in upper case
     * @param start as it is written when no instant can be told from it, else ISO 8601 with its offset, or a date for a whole day
     * @param status of the event, or of the answer to it in a REPLY
     */
    public record Invitation(
            String method,
            @Nullable String uid,
            @Nullable String summary,
            @Nullable String start,
            @Nullable String end,
            @Nullable String location,
            @Nullable String organizer,
            List<String> attendees,
            @Nullable String status) {}

    /** How a mail is protected; its signatures are shown to be there, not verified. */
    public enum Protection {
        NONE,
        SMIME_SIGNED,
        SMIME_ENCRYPTED,
        PGP_SIGNED,
        PGP_ENCRYPTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The author, or {@link #NOBODY}. */
    public Address author() {
        return from.orElse(NOBODY);
    }

    /** The ids of In-Reply-To and References, nearest first, the 50 nearest. */
    public List<String> ancestors() {
        var ids = new LinkedHashSet<>(inReplyTo);
        ids.addAll(references.reversed());
        return ids.stream().limit(MOST_ANCESTORS).toList();
    }

    /** Every address that it was sent or delivered to, in lower case. */
    public List<String> recipients() {
        return Stream.of(to.stream().map(Address::address), cc.stream().map(Address::address), deliveredTo.stream())
                .flatMap(found -> found)
                .distinct()
                .toList();
    }
}
