package org.relevo.channels.email.sending;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Page;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/mailboxes/{id}/senders")
class SenderController {

    record SenderRequest(
            @NotBlank @Size(max = 254) String address,
            @NotBlank @Size(max = 120) String name,

            @Schema(description = "Plain text; may hold variables such as {{agent.name}}.") @NotNull @Size(max = 4_000)
            String signature,

            @Schema(description = "Whether it is taken when the customer wrote to no sender's address.")
            boolean usual) {

        Senders.Settings settings() {
            return new Senders.Settings(address, name, signature, usual);
        }
    }

    @Schema(name = "Sender")
    record SenderView(UUID id, String address, String name, String signature, boolean usual) {

        static SenderView of(Sender sender) {
            return new SenderView(sender.id(), sender.address(), sender.name(), sender.signature(), sender.usual());
        }
    }

    private final Senders senders;

    SenderController(Senders senders) {
        this.senders = senders;
    }

    @GetMapping
    @Requires(Action.MAILBOX_READ)
    Page<SenderView> all(@PathVariable MailboxId id) {
        return Page.whole(senders.of(id)).map(SenderView::of);
    }

    @PostMapping
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    SenderView add(@PathVariable MailboxId id, @Valid @RequestBody SenderRequest request) {
        return SenderView.of(senders.save(id, null, request.settings()));
    }

    @PutMapping("/{sender}")
    @Requires(Action.MAILBOX_MANAGE)
    SenderView change(
            @PathVariable MailboxId id, @PathVariable UUID sender, @Valid @RequestBody SenderRequest request) {
        return SenderView.of(senders.save(id, sender, request.settings()));
    }

    @DeleteMapping("/{sender}")
    @Requires(Action.MAILBOX_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable MailboxId id, @PathVariable UUID sender) {
        senders.remove(id, sender);
    }
}
