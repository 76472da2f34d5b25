package org.relevo.channels.email.smtp;

import java.time.Clock;
import java.util.Optional;
import org.relevo.access.Workspaces;
import org.relevo.channels.email.ForwardingAddress;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWorkers;
import org.relevo.platform.Workspace;
import org.relevo.platform.blobs.BlobStore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds whom forwarded mail is for, and takes it in. */
@Component
class Forwarding {

    private final Workspaces workspaces;
    private final ForwardingAddress addresses;
    private final BlobStore blobs;
    private final InboundStore inbound;
    private final InboundWorkers workers;
    private final TransactionTemplate transaction;
    private final LastMail lastMail;
    private final Clock clock;

    Forwarding(
            Workspaces workspaces,
            ForwardingAddress addresses,
            BlobStore blobs,
            InboundStore inbound,
            InboundWorkers workers,
            TransactionTemplate transaction,
            LastMail lastMail,
            Clock clock) {
        this.workspaces = workspaces;
        this.addresses = addresses;
        this.blobs = blobs;
        this.inbound = inbound;
        this.workers = workers;
        this.transaction = transaction;
        this.lastMail = lastMail;
        this.clock = clock;
    }

    String hostname() {
        return addresses.hostname();
    }

    /** The mailbox behind {@code address}, in whatever workspace it is. */
    Optional<Recipient> find(String address) {
        for (var workspace : workspaces.all()) {
            var found = Workspace.call(workspace, () -> addresses.find(address));
            if (found.isPresent()) {
                var mailbox = found.get();
                return Optional.of(new Recipient(address, workspace, mailbox.mailbox(), mailbox.secret()));
            }
        }
        return Optional.empty();
    }

    /** Begins to take in a mail. */
    ForwardedMail begin(Envelope envelope, SmtpSettings settings) {
        return new ForwardedMail(envelope, hostname(), clock.instant(), settings, blobs, this::store);
    }

    /** One transaction for each mailbox: what is stored of a mail that is put off is recognised when it comes again. */
    private void store(ForwardedMail.Copy copy) {
        Workspace.run(copy.workspace(), () -> {
            var arrival = copy.arrival();
            transaction.executeWithoutResult(_ -> inbound.add(arrival));
            workers.hint(copy.workspace());
            lastMail.came(copy.workspace(), copy.mailbox());
        });
    }
}
