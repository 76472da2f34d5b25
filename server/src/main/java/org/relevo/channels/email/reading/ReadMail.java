package org.relevo.channels.email.reading;

import java.util.Optional;
import java.util.Set;
import org.relevo.channels.email.automatic.AutomaticMail;
import org.relevo.channels.email.automatic.Bounce;
import org.relevo.channels.email.automatic.Feedback;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.quoting.ForwardedMail;
import org.relevo.channels.email.quoting.VisibleAnswer;
import org.relevo.channels.email.trust.Authentication;

/**
 * A mail and what we make of it.
 *
 * @param answer what was written now and what was only carried along
 * @param forwarded the mail that it passes on, in its text or attached to it
 */
public record ReadMail(
        ParsedMail mail,
        VisibleAnswer answer,
        Optional<ForwardedMail> forwarded,
        AutomaticMail automatic,
        Optional<Bounce> bounce,
        Optional<Feedback> feedback,
        Authentication authentication) {

    private static final String NESTED = "message/rfc822";

    /**
     * Reads {@code raw}. Never fails; see {@link ParsedMail#readable}.
     *
     * @param authorities under which names (authserv-id) the mailbox's own servers vouch for senders
     */
    public static ReadMail of(byte[] raw, Set<String> authorities) {
        var mail = new MailParser().parse(raw);
        var bounce = Bounce.in(mail);
        var feedback = Feedback.in(mail);
        var automatic = AutomaticMail.of(mail);
        var answer = VisibleAnswer.in(mail.text(), mail.html());
        var forwarded =
                bounce.isPresent() || feedback.isPresent() ? Optional.<ForwardedMail>empty() : forwarded(mail, answer);
        return new ReadMail(mail, answer, forwarded, automatic, bounce, feedback, Authentication.of(mail, authorities));
    }

    private static Optional<ForwardedMail> forwarded(ParsedMail mail, VisibleAnswer answer) {
        return ForwardedMail.in(mail.subject(), mail.text()).or(() -> attached(mail, answer));
    }

    /** The one mail that is attached to an otherwise ordinary mail. */
    private static Optional<ForwardedMail> attached(ParsedMail mail, VisibleAnswer answer) {
        var nested =
                mail.parts().stream().filter(part -> part.type().equals(NESTED)).toList();
        if (nested.size() != 1) {
            return Optional.empty();
        }
        var inner = new MailParser().parse(nested.getFirst().content());
        return inner.readable() && inner.from().isPresent()
                ? Optional.of(new ForwardedMail(
                        inner.author(),
                        inner.to(),
                        inner.cc(),
                        inner.headers().first("Date").orElse(null),
                        inner.subject(),
                        inner.text(),
                        answer.reply()))
                : Optional.empty();
    }
}
