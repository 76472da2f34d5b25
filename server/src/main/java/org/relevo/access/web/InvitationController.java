package org.relevo.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.relevo.access.Invitations;
import org.relevo.access.OpenToAll;
import org.relevo.access.domain.ApiToken;
import org.relevo.access.domain.AttemptLimit;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Workspace;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an invited person does with their link. */
@RestController
@RequestMapping("/api/v1/invitations/{code}")
class InvitationController {

    record Acceptance(
            @NotBlank @Size(max = 120) String name,
            @NotBlank String password,
            @NotBlank String locale) {}

    private final Invitations invitations;
    private final AttemptLimit limit;
    private final SignIn signIn;

    InvitationController(Invitations invitations, AttemptLimit limit, SignIn signIn) {
        this.invitations = invitations;
        this.limit = limit;
        this.signIn = signIn;
    }

    @GetMapping
    @OpenToAll(because = "the link itself is the secret: 256 random bits, one address, a week")
    Invitations.Preview preview(@PathVariable String code) {
        var token = read(code);
        return Workspace.call(token.workspace(), () -> invitations.preview(token.secret()));
    }

    @PostMapping("/accept")
    @OpenToAll(because = "the link itself is the secret, and it works once")
    SessionView accept(@PathVariable String code, @Valid @RequestBody Acceptance given, HttpServletRequest request) {
        limit.count(code, request.getRemoteAddr());
        var token = read(code);
        var person = Workspace.call(
                token.workspace(),
                () -> invitations.accept(token.secret(), given.name(), given.password(), given.locale()));
        limit.succeeded(code, request.getRemoteAddr());
        return signIn.begin(person, token.workspace(), request);
    }

    private static ApiToken read(String code) {
        return Invitations.read(code).orElseThrow(() -> new ProblemException("invitation-unknown", 404));
    }
}
