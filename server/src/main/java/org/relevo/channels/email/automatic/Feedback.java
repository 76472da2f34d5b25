package org.relevo.channels.email.automatic;

import java.util.List;
import java.util.Optional;
import org.relevo.channels.email.mime.ParsedMail;

/**
 * A report that somebody marked a mail of ours as unwanted (RFC 5965).
 *
 * @param type abuse, fraud, opt-out and so on, in lower case
 * @param recipients who complained, as far as the report tells
 * @param originalMessageId with angle brackets
 */
public record Feedback(String type, List<String> recipients, Optional<String> originalMessageId) {

    /** The complaint that {@code mail} is, if it is one. */
    public static Optional<Feedback> in(ParsedMail mail) {
        return new FeedbackReader(mail).read();
    }
}
