package org.relevo.channels.email;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.sending.DkimKey;
import org.relevo.channels.email.sending.SigningKeys;
import org.relevo.platform.ProblemException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the domain of a mailbox signs what it sends (DKIM), and what its DNS has to say then. */
@RestController
@RequestMapping("/api/v1/mailboxes/{id}/signing")
@Transactional
public class SigningController {

    record SigningRequest(boolean active) {}

    @Schema(name = "SigningRecord")
    record Published(String name, String value) {}

    @Schema(name = "Signing")
    record SigningView(
            String domain,
            boolean active,

            @Schema(description = "TXT records to publish; there once signing was switched on.")
            List<Published> records) {}

    private final MailboxTable mailboxes;
    private final SigningKeys keys;

    SigningController(MailboxTable mailboxes, SigningKeys keys) {
        this.mailboxes = mailboxes;
        this.keys = keys;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    @Transactional(readOnly = true)
    SigningView signing(@PathVariable MailboxId id) {
        return show(domainOf(id));
    }

    @PutMapping
    @Requires(Action.MAILBOX_MANAGE)
    SigningView change(@PathVariable MailboxId id, @RequestBody SigningRequest request) {
        var domain = domainOf(id);
        keys.sign(domain, request.active());
        return show(domain);
    }

    private String domainOf(MailboxId id) {
        return mailboxes.find(id).orElseThrow(ProblemException::notFound).domain();
    }

    private SigningView show(String domain) {
        return new SigningView(
                domain,
                !keys.active(domain).isEmpty(),
                keys.of(domain).stream()
                        .map(DkimKey::dns)
                        .map(record -> new Published(record.name(), record.value()))
                        .toList());
    }
}
