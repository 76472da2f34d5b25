package org.relevo.channels.email;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail, understood.
 *
 * @param headerId its Message-ID with angle brackets
 * @param ancestors the ids of In-Reply-To and References, nearest first
 * @param replyTo where answers should go, when it says so
 * @param recipients every address of To, Cc and Delivered-To, in lower case
 * @param text what was written, as plain text
 * @param html the HTML that we may show, when it says more than the text
 */
record ParsedMail(
        Optional<String> headerId,
        List<String> ancestors,
        Address from,
        Optional<Address> replyTo,
        List<String> to,
        List<String> cc,
        List<String> recipients,
        String subject,
        Optional<Instant> date,
        String text,
        @Nullable String html,
        List<Part> parts) {

    /** A name, possibly empty, and an address in lower case. */
    record Address(String name, String address) {}

    /** A file in a mail. */
    record Part(
            String name,
            String type,
            byte[] content,
            boolean inline,
            @Nullable String contentId) {}
}
