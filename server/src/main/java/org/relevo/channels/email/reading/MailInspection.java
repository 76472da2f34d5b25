package org.relevo.channels.email.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.automatic.Bounce;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.mime.ParsedMail.Invitation;
import org.relevo.channels.email.quoting.ForwardedMail;
import org.relevo.platform.Reason;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.html.SafeHtml;

/**
 * What RELEVO understands of one mail, as {@code bin/relevo mail inspect} prints it. Ids of messages stand without angle
 * brackets, as in JMAP (RFC 8621, 4.1.2.3); dates are ISO 8601 in UTC.
 *
 * @param readable false when nothing but the source can be shown
 * @param problem what could not be read, if anything
 * @param text the whole text; {@code reply}, {@code quoted} and {@code signature} are its parts
 * @param html sanitised
 */
@JsonInclude(Include.ALWAYS)
public record MailInspection(
        String file,
        boolean readable,
        @Nullable String problem,
        @Nullable String messageId,
        List<String> inReplyTo,
        List<String> references,
        @Nullable Person from,
        List<String> replyTo,
        List<String> to,
        List<String> cc,
        String subject,
        @Nullable String date,
        String text,
        @Nullable String html,
        String reply,
        String quoted,
        String signature,
        @Nullable Forwarded forwarded,
        List<File> attachments,
        Automatic automatic,
        @Nullable Report bounce,
        @Nullable Complaint feedback,
        List<Invitation> calendar,
        String protection,
        Trust authentication) {

    /** Who wrote; the address in lower case. */
    public record Person(String name, String address) {
        static Person of(ParsedMail.Address address) {
            return new Person(address.name(), address.address());
        }
    }

    /** A mail that was passed on; the date as the forwarding program wrote it. */
    public record Forwarded(
            @Nullable Person from,
            List<String> to,
            List<String> cc,
            @Nullable String date,
            @Nullable String subject,
            String text) {

        static Forwarded of(ForwardedMail mail) {
            return new Forwarded(
                    mail.from() == null ? null : Person.of(mail.from()),
                    addresses(mail.to()),
                    addresses(mail.cc()),
                    mail.date(),
                    mail.subject(),
                    mail.text());
        }
    }

    /** A file in the mail. */
    public record File(
            String name,
            String type,
            long size,
            String sha256,
            boolean inline,
            @Nullable String contentId) {

        static File of(ParsedMail.Part part) {
            return new File(
                    part.name(),
                    part.type(),
                    part.content().length,
                    BlobId.of(part.content()).hex(),
                    part.inline(),
                    part.contentId());
        }
    }

    /** Whether a machine sent it. */
    public record Automatic(String kind, @Nullable String because) {}

    /** What became of a mail of ours. */
    public record Report(
            String kind,
            List<Bounce.Recipient> recipients,
            @Nullable String originalMessageId) {

        static Report of(Bounce bounce) {
            return new Report(
                    bounce.kind().word(),
                    bounce.recipients(),
                    bounce.originalMessageId().map(MailInspection::bare).orElse(null));
        }
    }

    /** Somebody marked a mail of ours as unwanted. */
    public record Complaint(
            String type, List<String> recipients, @Nullable String originalMessageId) {}

    /** What the servers found out about the sender; {@code trusted} if one of ours said so. */
    public record Trust(String spf, String dkim, String dmarc, boolean trusted) {}

    /**
     * Reads {@code raw} as the channel would.
     *
     * @param authorities as for {@link ReadMail#of}
     * @param sentence tells a reason in words
     */
    public static MailInspection of(
            String file, byte[] raw, Set<String> authorities, Function<Reason, String> sentence) {
        var read = ReadMail.of(raw, authorities);
        var mail = read.mail();
        return new MailInspection(
                file,
                mail.readable(),
                mail.problem().map(sentence).orElse(null),
                mail.messageId().map(MailInspection::bare).orElse(null),
                mail.inReplyTo().stream().map(MailInspection::bare).toList(),
                mail.references().stream().map(MailInspection::bare).toList(),
                mail.from().map(Person::of).orElse(null),
                addresses(mail.replyTo()),
                addresses(mail.to()),
                addresses(mail.cc()),
                mail.subject(),
                mail.date().map(String::valueOf).orElse(null),
                mail.text(),
                mail.html() == null ? null : SafeHtml.selfContained(mail.html()),
                read.answer().reply(),
                read.answer().quoted(),
                read.answer().signature(),
                read.forwarded().map(Forwarded::of).orElse(null),
                mail.parts().stream().map(File::of).toList(),
                automatic(read, sentence),
                read.bounce().map(Report::of).orElse(null),
                complaint(read),
                mail.invitations(),
                mail.protection().word(),
                trust(read));
    }

    private static Automatic automatic(ReadMail read, Function<Reason, String> sentence) {
        var automatic = read.automatic();
        return new Automatic(automatic.kind().word(), sentence.apply(automatic.because()));
    }

    private static @Nullable Complaint complaint(ReadMail read) {
        return read.feedback()
                .map(found -> new Complaint(
                        found.type(),
                        found.recipients(),
                        found.originalMessageId().map(MailInspection::bare).orElse(null)))
                .orElse(null);
    }

    private static Trust trust(ReadMail read) {
        var found = read.authentication();
        return new Trust(found.spf(), found.dkim(), found.dmarc(), found.trusted());
    }

    private static List<String> addresses(List<ParsedMail.Address> addresses) {
        return addresses.stream()
                .map(address -> Optional.of(address.address())
                        .filter(text -> !text.isEmpty())
                        .orElse(address.name()))
                .toList();
    }

    private static String bare(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }
}
