package org.relevo.channels.email.automatic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.relevo.channels.email.mime.Headers;
import org.relevo.channels.email.mime.ParsedMail;

/** Reads complaints: RFC 5965 and 6591, those of Amazon SES, and those that attach the mail and say little else. */
final class FeedbackReader {

    private static final List<String> COMPLAINING = List.of("staff@hotmail.com", "staff@outlook.com", "staff@live.com");

    private final ParsedMail mail;

    FeedbackReader(ParsedMail mail) {
        this.mail = mail;
    }

    Optional<Feedback> read() {
        var report = mail.parts().stream()
                .filter(part -> part.type().equals("message/feedback-report"))
                .findFirst();
        if (report.isPresent()) {
            return Optional.of(read(all(FieldBlocks.in(report.get().content()))));
        }
        return SesNotice.in(mail).flatMap(SesNotice::feedback).or(this::unstructured);
    }

    private static Headers all(List<Headers> blocks) {
        return new Headers(
                blocks.stream().flatMap(block -> block.fields().stream()).toList());
    }

    private Feedback read(Headers report) {
        var type = report.first("Feedback-Type")
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty() && value.length() <= 60)
                .orElse("abuse");
        var notice = Notice.in(mail);
        var named = Stream.of("Original-Rcpt-To", "Removal-Recipient")
                .flatMap(name -> addresses(report, name))
                .distinct()
                .toList();
        return new Feedback(type, named.isEmpty() ? recipients(notice.original()) : named, notice.originalMessageId());
    }

    private static Stream<String> addresses(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> MailAddresses.in(value).stream())
                .map(MailAddresses.Found::address);
    }

    /** The addressee of the mail that was complained about, under the first name that is told. */
    private static List<String> recipients(Headers original) {
        return Stream.of("X-HmXmrOriginalRecipient", "Delivered-To", "X-Original-To", "To")
                .map(name -> addresses(original, name).distinct().toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Hotmail and the early AOL sent the mail itself, under a subject of their own. */
    private Optional<Feedback> unstructured() {
        var title = mail.subject().toLowerCase(Locale.ROOT);
        var complains = title.startsWith("complaint about message")
                        && COMPLAINING.contains(mail.author().address())
                || title.startsWith("email feedback report for ip");
        if (!complains) {
            return Optional.empty();
        }
        var notice = Notice.in(mail);
        return notice.copied()
                ? Optional.of(new Feedback("abuse", recipients(notice.original()), notice.originalMessageId()))
                : Optional.empty();
    }
}
