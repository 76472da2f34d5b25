package org.relevo.access.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.access.PersonId;
import org.relevo.access.domain.ApiToken;
import org.relevo.access.persistence.Actors;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.relevo.platform.web.WriteLog;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls, by session or by token, and runs the rest of the request in their workspace. */
final class ActorFilter extends OncePerRequestFilter {

    static final String PERSON = "relevo.person";
    static final String WORKSPACE = "relevo.workspace";
    private static final String BEARER = "Bearer ";

    private final Actors actors;

    ActorFilter(Actors actors) {
        this.actors = actors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var actor = byToken(request).or(() -> bySession(request));
        if (actor.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        request.setAttribute(Actor.class.getName(), actor.get());
        request.setAttribute(WriteLog.ACTOR, key(actor.get()));
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(actor.get(), null, List.of()));
        var failure = Workspace.<Optional<ServletException>, IOException>call(
                actor.get().workspace(), () -> passOn(request, response, chain));
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** The rest of the request; its servlet failure as a value, since scoped work throws one kind of exception only. */
    private static Optional<ServletException> passOn(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
            return Optional.empty();
        } catch (ServletException e) {
            return Optional.of(e);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static UUID key(Actor actor) {
        return switch (actor) {
            case Actor.Staff staff -> staff.person().value();
            case Actor.Program program -> program.token();
            case Actor.House house -> house.workspace().value();
        };
    }

    static boolean hasToken(HttpServletRequest request) {
        return token(request) != null;
    }

    private static @Nullable String token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private Optional<Actor> byToken(HttpServletRequest request) {
        return Optional.ofNullable(token(request))
                .flatMap(ApiToken::read)
                .flatMap(token -> Workspace.call(token.workspace(), () -> actors.program(token.secret())));
    }

    private Optional<Actor> bySession(HttpServletRequest request) {
        var session = hasToken(request) ? null : request.getSession(false);
        if (session == null
                || !(session.getAttribute(PERSON) instanceof String person)
                || !(session.getAttribute(WORKSPACE) instanceof String workspace)) {
            return Optional.empty();
        }
        var id = new PersonId(UUID.fromString(person));
        return Workspace.call(WorkspaceId.of(workspace), () -> actors.staff(id).map(Actor.class::cast));
    }
}
