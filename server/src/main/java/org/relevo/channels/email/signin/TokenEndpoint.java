package org.relevo.channels.email.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.signin.SignInTable.Granted;
import org.relevo.platform.Reason;
import org.relevo.platform.outbound.OutboundAnswer;
import org.relevo.platform.outbound.OutboundException;
import org.relevo.platform.outbound.OutboundHttp;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider's token endpoint (RFC 6749, 3.2). */
@Component
class TokenEndpoint {

    /** What a token without a stated end is taken to last (RFC 6749, 5.1, only recommends to state it). */
    private static final Duration USUAL_LIFE = Duration.ofMinutes(30);

    /** Errors that only the administrator of the client can end (RFC 6749, 5.2). */
    private static final Set<String> CLIENT_ERRORS = Set.of(
            "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_request");

    /** How the endpoint answered. */
    sealed interface Answer {
        record Given(Granted granted) implements Answer {}

        /** A person has to do something first. */
        record Refused(Reason reason) implements Answer {}

        /** Nothing that can be relied on: worth another try. */
        record Unclear(Reason reason) implements Answer {}
    }

    private final OutboundHttp http;
    private final JsonMapper json;
    private final Clock clock;

    TokenEndpoint(OutboundHttp http, JsonMapper json, Clock clock) {
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    Answer refresh(OAuthClient client, String refreshToken) {
        return ask(client, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    Answer redeem(OAuthClient client, String code, String verifier, String redirectTo) {
        return ask(
                client,
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "code_verifier", verifier,
                        "redirect_uri", redirectTo));
    }

    private Answer ask(OAuthClient client, Map<String, String> grant) {
        var form = new LinkedHashMap<>(grant);
        form.put("client_id", client.clientId());
        if (!client.clientSecret().isEmpty()) {
            form.put("client_secret", client.clientSecret());
        }
        var address = URI.create(client.tokenUrl());
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
        try {
            return read(address, http.post(address, headers, encoded(form).getBytes(UTF_8)));
        } catch (OutboundException e) {
            return unclear(address);
        }
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Answer read(URI address, OutboundAnswer answer) {
        var said = tree(answer);
        if (said == null) {
            return unclear(address);
        }
        var token = said.path("access_token").asString("");
        if (answer.status() == 200 && !token.isEmpty()) {
            var seconds = said.path("expires_in").asLong(USUAL_LIFE.toSeconds());
            var refresh = said.path("refresh_token").asString("");
            return new Answer.Given(new Granted(
                    token,
                    clock.instant().plusSeconds(Math.clamp(seconds, 0, 86_400)),
                    refresh.isEmpty() ? null : refresh));
        }
        var error = said.path("error").asString("");
        if (answer.status() < 400 || answer.status() >= 500 || answer.status() == 429 || error.isEmpty()) {
            return unclear(address);
        }
        return new Answer.Refused(
                CLIENT_ERRORS.contains(error)
                        ? Reason.of("mail.oauth-client-refused", address.getHost(), error)
                        : Reason.of("mail.sign-in-again", address.getHost()));
    }

    private static Answer unclear(URI address) {
        return new Answer.Unclear(Reason.of("mail.token-unreachable", address.getHost()));
    }

    private @Nullable JsonNode tree(OutboundAnswer answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException _) {
            return null; // a page for people, or nothing at all
        }
    }
}
