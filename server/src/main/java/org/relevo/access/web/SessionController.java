package org.relevo.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SessionController {

    record Credentials(
            @NotBlank @Size(max = 254) String email,
            @NotBlank @Size(max = 200) String password) {}

    record Change(
            @Nullable @Size(min = 1, max = 120) String name,
            @Nullable @Pattern(regexp = "es|en") String locale,
            @Nullable @Pattern(regexp = "light|dark|system") String theme) {}

    private final SignIn signIn;
    private final Preferences preferences;
    private final Actors actors;

    SessionController(SignIn signIn, Preferences preferences, Actors actors) {
        this.signIn = signIn;
        this.preferences = preferences;
        this.actors = actors;
    }

    @GetMapping("/session")
    @OpenToAll(because = "tells whether somebody is signed in, and hands out the page's write token")
    SessionView session(HttpServletRequest request, CsrfToken token) {
        token.getToken();
        if (request.getAttribute(Actor.class.getName()) instanceof Actor.Staff staff) {
            return signIn.view(staff);
        }
        throw new ProblemException("signed-out", 401);
    }

    @PostMapping("/session")
    @OpenToAll(because = "this is the way in; tries are counted")
    SessionView signIn(@Valid @RequestBody Credentials credentials, HttpServletRequest request) {
        return signIn.withPassword(credentials.email(), credentials.password(), request);
    }

    @DeleteMapping("/session")
    @OpenToAll(because = "whoever is not signed in is signed out already")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @PatchMapping("/me")
    @Requires(Action.SELF_MANAGE)
    SessionView change(@Valid @RequestBody Change change, Actor.Staff staff) {
        preferences.change(staff.person(), change.name(), change.locale(), change.theme());
        return signIn.view(actors.staff(staff.person()).orElseThrow(() -> new ProblemException("signed-out", 401)));
    }
}
