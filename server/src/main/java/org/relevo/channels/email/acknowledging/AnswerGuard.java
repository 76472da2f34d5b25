package org.relevo.channels.email.acknowledging;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.relevo.channels.email.automatic.AutomaticMail;
import org.relevo.channels.email.reading.ReadMail;
import org.relevo.platform.Reason;

/**
 * Whether a machine of ours may answer a mail. Two machines that answer each other stop after a handful of mails, even when
 * each answer opens a new conversation on the other side: what counts is the sender.
 */
final class AnswerGuard {

    private static final Pattern NOBODY_READS = Pattern.compile(
            "(?i)(no-?reply|do-?not-?reply|no-?responder|noresponder|mailer-daemon|postmaster|bounces?)([+._-].*)?");
    private static final int TO_ADDRESS_IN_HOUR = 3;
    private static final int TO_DOMAIN_IN_HOUR = 30;
    private static final int TO_ALL_IN_HOUR = 1_000;

    /** So many mails of one sender within so many minutes are a machine's. */
    private record Step(int minutes, int mails) {}

    private static final List<Step> LADDER = List.of(new Step(10, 10), new Step(30, 15), new Step(60, 25));

    /**
     * What happened before.
     *
     * @param received mails of the sender in the last 10, 30 and 60 minutes, this one included
     * @param inConversation whether the sender had an automatic answer in this conversation within a day
     */
    record Before(
            int toAddressInHour, int toDomainInHour, int toAllInHour, List<Integer> received, boolean inConversation) {}

    private AnswerGuard() {}

    /** Why {@code read} must not be answered by a machine; empty if it may. */
    static Optional<Reason> objection(ReadMail read, boolean ours, Before before) {
        var mail = read.mail();
        var sender = mail.author().address();
        if (read.automatic().kind() != AutomaticMail.Kind.NONE) {
            return Optional.of(read.automatic().because());
        }
        if (ours
                || NOBODY_READS
                        .matcher(sender.substring(0, Math.max(0, sender.indexOf('@'))))
                        .matches()) {
            return Optional.of(Reason.of("acknowledge.nobody-reads", sender));
        }
        if (mail.headers()
                .first("Return-Path")
                .filter(path -> path.strip().equals("<>"))
                .isPresent()) {
            return Optional.of(Reason.of("acknowledge.null-return-path"));
        }
        if (mail.from().isEmpty() || read.authentication().failed()) {
            return Optional.of(Reason.of("acknowledge.sender-doubtful"));
        }
        return limit(sender, before);
    }

    private static Optional<Reason> limit(String sender, Before before) {
        if (before.inConversation()) {
            return Optional.of(Reason.of("acknowledge.already"));
        }
        for (var step = 0; step < LADDER.size(); step++) {
            if (before.received().get(step) > LADDER.get(step).mails()) {
                return Optional.of(Reason.of(
                        "acknowledge.too-many-mails",
                        sender,
                        String.valueOf(before.received().get(step)),
                        String.valueOf(LADDER.get(step).minutes())));
            }
        }
        return before.toAddressInHour() >= TO_ADDRESS_IN_HOUR
                        || before.toDomainInHour() >= TO_DOMAIN_IN_HOUR
                        || before.toAllInHour() >= TO_ALL_IN_HOUR
                ? Optional.of(Reason.of("acknowledge.too-many-answers", sender))
                : Optional.empty();
    }
}
