package org.relevo.channels.email.automatic;

import java.util.Locale;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.platform.Reason;

/**
 * Whether a machine sent a mail, and how we know.
 *
 * @param because the header or the habit that tells
 */
public record AutomaticMail(Kind kind, Reason because) {

    /** What sort of machine. */
    public enum Kind {
        /** A person, as far as can be told. */
        NONE,
        /** An out-of-office note or an acknowledgement: somebody's answer to a mail of ours. */
        AUTO_REPLY,
        /** One mail to many: newsletters, advertising. */
        BULK,
        /** A mailing list. */
        LIST,
        /** A report of the mail system, or a notice that nobody reads answers to. */
        SYSTEM;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The verdict on {@code mail}, by the strongest trace: reports by their form; what the mail says of itself (RFC 3834), where
     * "no" means a person; the marks of answering programs; lists and bulk (RFC 2369, 2919, 8058); an envelope without a return
     * path; an author who reads no answers; and last the wording of the subject, where it cannot mean anything else.
     */
    public static AutomaticMail of(ParsedMail mail) {
        return new MachineTraces(mail).verdict().orElse(new AutomaticMail(Kind.NONE, Reason.of("automatic.none")));
    }
}
