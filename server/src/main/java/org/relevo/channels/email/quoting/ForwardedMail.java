package org.relevo.channels.email.quoting;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.ParsedMail.Address;

/**
 * A mail that somebody passed on.
 *
 * @param from who wrote it; the address is empty when the program that forwarded left it out
 * @param to the addresses, or names where there is no address
 * @param date as the forwarding program wrote it, in whatever language
 * @param text what it said
 * @param before what the person who passed it on wrote above it
 */
public record ForwardedMail(
        @Nullable Address from,
        List<Address> to,
        List<Address> cc,
        @Nullable String date,
        @Nullable String subject,
        String text,
        String before) {

    /**
     * The mail that {@code text}, under {@code subject}, passes on, if it does. The text must say so, or the subject: an
     * answer that only quotes what it answers passes nothing on. Linear in their length.
     */
    public static Optional<ForwardedMail> in(String subject, String text) {
        return ForwardedText.in(subject, Line.of(text));
    }
}
