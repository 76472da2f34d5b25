package org.relevo.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.relevo.channels.MailboxId;
import org.relevo.platform.jobs.JobHandler;
import org.relevo.platform.jobs.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks a new or changed mailbox's outgoing server how large a mail it takes, before anybody sends one. */
@Component
class LimitScout implements JobHandler {

    private static final Logger LOG = LoggerFactory.getLogger(LimitScout.class);
    private static final String KIND = "learn-mail-limit";

    private final MailboxTable mailboxes;
    private final OutgoingLimits limits;
    private final ObjectProvider<Jobs> jobs;
    private final Clock clock;

    LimitScout(MailboxTable mailboxes, OutgoingLimits limits, ObjectProvider<Jobs> jobs, Clock clock) {
        this.mailboxes = mailboxes;
        this.limits = limits;
        this.jobs = jobs;
        this.clock = clock;
    }

    @EventListener
    void on(Mailboxes.Changed mailbox) {
        jobs.getObject().schedule(KIND, mailbox.id().value(), clock.instant());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(UUID subject) {
        mailboxes.find(new MailboxId(subject)).ifPresent(this::ask);
        return Optional.empty();
    }

    private void ask(Mailbox mailbox) {
        var account = mailboxes.account(mailbox);
        try (var line = new SMTPTransport(Session.getInstance(account.smtpProperties()), null)) {
            line.connect(account.smtp().host(), account.smtp().port(), account.username(), account.password());
            limits.learn(mailbox.id(), MailSender.largest(line));
        } catch (MessagingException e) {
            LOG.info("An outgoing server does not say its limit; the next mail will [mailbox={}]", mailbox.id(), e);
        }
    }
}
