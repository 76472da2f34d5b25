package org.relevo.channels.email;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.MailParser;

/**
 * What RELEVO understands of one mail, for the operator.
 *
 * @param readable whether it could be parsed; when not, the rest is empty and the ticket would carry the raw source
 */
public record MailInspection(
        String file,
        boolean readable,
        @Nullable String messageId,
        List<String> ancestors,
        @Nullable String fromName,
        @Nullable String from,
        List<String> recipients,
        @Nullable String subject,
        @Nullable Instant date,
        String text,
        @Nullable String html,
        List<File> files) {

    /** A file in the mail. */
    public record File(String name, String type, long size, boolean inline) {}

    /** Parses {@code raw} as the channel would. */
    public static MailInspection of(String file, byte[] raw) {
        var mail = new MailParser().parse(raw);
        return new MailInspection(
                file,
                mail.readable(),
                mail.messageId().orElse(null),
                mail.ancestors(),
                mail.author().name(),
                mail.author().address(),
                mail.recipients(),
                mail.subject(),
                mail.date().orElse(null),
                mail.text(),
                mail.html(),
                mail.parts().stream()
                        .map(part -> new File(part.name(), part.type(), part.content().length, part.inline()))
                        .toList());
    }
}
