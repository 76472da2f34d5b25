package org.relevo.channels.email.signin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.channels.MailboxId;
import org.relevo.platform.RelevoOrigins;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way to a provider's page and back. */
@RestController
class SignInController {

    @Schema(name = "MailboxSignInPage", description = "Where to send the browser, as a whole page.")
    record Page(URI url) {}

    private final SignIns signIns;
    private final RelevoOrigins origins;

    SignInController(SignIns signIns, RelevoOrigins origins) {
        this.signIns = signIns;
        this.origins = origins;
    }

    @PostMapping("/api/v1/mailboxes/{id}/sign-in")
    @Requires(Action.MAILBOX_MANAGE)
    Page begin(@PathVariable MailboxId id, Actor.Staff staff) {
        return new Page(signIns.begin(id, staff.person().value()));
    }

    /** Comes from the provider, through the browser of whoever began; they get back to the settings. */
    @GetMapping(SignIns.RETURN)
    @Requires(Action.MAILBOX_MANAGE)
    ResponseEntity<Void> finish(
            @RequestParam(defaultValue = "") String state, @RequestParam @Nullable String code, Actor.Staff staff) {
        var query = switch (signIns.finish(staff.person().value(), state, code)) {
            case SignIns.Outcome.SignedIn(var mailbox) -> "signedIn=" + mailbox.value();
            case SignIns.Outcome.Failed(var reason) ->
                "signInProblem=" + reason.code().substring("mail.".length()); // words in a link could be anybody's
        };
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(origins.desk() + "/settings/mailboxes?" + query))
                .build();
    }
}
