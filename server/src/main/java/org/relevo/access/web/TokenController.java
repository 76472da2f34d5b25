package org.relevo.access.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Requires;
import org.relevo.access.Tokens;
import org.relevo.platform.Page;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {

    record TokenRequest(@NotBlank @Size(max = 120) String name) {}

    record Token(
            UUID id,
            String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable String secret) {}

    private final Tokens tokens;

    TokenController(Tokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    @Requires(Action.TOKEN_MANAGE)
    Page<Token> all() {
        return Page.whole(tokens.all()).map(token -> show(token, null));
    }

    @PostMapping
    @Requires(Action.TOKEN_MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    Token create(@Valid @RequestBody TokenRequest request, Actor actor) {
        var made = tokens.create(request.name(), actor.personOrNull());
        return show(made.token(), made.secret());
    }

    @DeleteMapping("/{id}")
    @Requires(Action.TOKEN_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        tokens.revoke(id);
    }

    private static Token show(Tokens.Token token, @Nullable String secret) {
        return new Token(token.id(), token.name(), token.createdAt(), token.lastUsedAt(), secret);
    }
}
