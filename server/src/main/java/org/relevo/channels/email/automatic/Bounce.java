package org.relevo.channels.email.automatic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relevo.channels.email.mime.ParsedMail;

/**
 * A report about a mail that was sent: a delivery status notification (RFC 3464) or what a server writes in its place.
 *
 * @param recipients whom it concerns; at least one
 * @param originalMessageId the id of the mail that it is about, with angle brackets
 */
public record Bounce(Kind kind, List<Recipient> recipients, Optional<String> originalMessageId) {

    /** What became of the mail, by the worst of its recipients. */
    public enum Kind {
        FAILED,
        DELAYED,
        EXPANDED,
        RELAYED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What became of the mail to one address.
     *
     * @param address in lower case; empty when the report hides it
     * @param status as in RFC 3463, such as 5.1.1: stated, or told from the words; 5.0.0 or 4.0.0 when they tell no more
     * @param action as in RFC 3464: failed, delayed, delivered, relayed, expanded
     * @param diagnostic what the server said, on one line
     */
    public record Recipient(String address, String status, String action, String diagnostic) {

        /** Whether this address will never take mail, as far as the report tells. */
        public boolean hard() {
            return action.equals("failed") && Diagnosis.isForGood(status, diagnostic);
        }
    }

    /** The report that {@code mail} is, if it is one. */
    public static Optional<Bounce> in(ParsedMail mail) {
        return new BounceReader(mail).read();
    }
}
