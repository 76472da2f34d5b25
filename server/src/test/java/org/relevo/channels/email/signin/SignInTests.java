package org.relevo.channels.email.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relevo.channels.MailboxId;
import org.relevo.support.Api;
import org.relevo.support.Conversation;
import org.relevo.support.Dovecot;
import org.relevo.support.Installation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.support.TokenService;
import tools.jackson.databind.JsonNode;

/** Mailboxes that are signed in at their provider, at a real Dovecot that asks the provider about each token. */
@RelevoTest
class SignInTests {

    private final TestShop shop;
    private final AccessTokens tokens;
    private final SignInTable table;
    private final TokenService provider;
    private final Dovecot dovecot;
    private final Api owner;

    SignInTests(TestShops shops, AccessTokens tokens, SignInTable table) {
        this.shop = shops.open();
        this.tokens = tokens;
        this.table = table;
        this.provider = TokenService.forUser(shop.mailbox());
        this.dovecot = Dovecot.withTokens(provider.url("/introspect"));
        this.owner = shop.as("owner@" + shop.domain());
    }

    @AfterEach
    void leave() {
        owner.get("/mailboxes")
                .ok()
                .path("items")
                .forEach(mailbox -> owner.delete(
                                "/mailboxes/" + mailbox.path("id").asString())
                        .ok());
        dovecot.close();
        provider.close();
    }

    @Test
    void aPersonSignsInAtTheProviderAndMailFlows() {
        dovecot.deliver(shop.mailbox(), "From: ana@mail.example\nSubject: By token\n\nHola");
        var id = connect();
        assertThat(mailbox().path("signIn").path("needsPerson").asBoolean()).isTrue();

        assertThat(comeBack(word(begin(id), "state"), "good")).contains("signedIn=" + id);

        assertThat(Conversation.only(shop).subject()).isEqualTo("By token");
        assertThat(mailbox().path("signIn").path("needsPerson").asBoolean()).isFalse();
        assertThat(mailbox().toString()).doesNotContain("token-1", "very secret");
    }

    @Test
    void theProviderSeesThatWeAreWhoBegan() {
        var id = connect();
        var page = begin(id);
        comeBack(word(page, "state"), "good");

        var form = provider.asked("authorization_code").getFirst();
        assertThat(page).containsEntry("code_challenge_method", "S256").containsEntry("response_type", "code");
        assertThat(SignIns.challenge(word(form, "code_verifier"))).isEqualTo(page.get("code_challenge"));
        assertThat(form).containsEntry("code", "good").containsEntry("redirect_uri", page.get("redirect_uri"));
    }

    @Test
    void aWayBackThatNobodyBeganOrThatWasUsedLeadsNowhere() {
        var id = connect();
        var state = word(begin(id), "state");
        comeBack(state, "good");

        assertThat(comeBack(state, "again")).contains("signInProblem=sign-in-too-late");
        assertThat(comeBack("invented", "good")).contains("signInProblem=sign-in-too-late");
        assertThat(provider.asked("authorization_code")).hasSize(1);
    }

    @Test
    void aTokenThatEndsIsRenewedOnceWhoeverNeedsIt() throws Exception {
        var id = signedIn();
        shop.inside(() -> {
            table.doubt(id);
            return id;
        });
        Callable<String> need = () -> shop.inside(() -> tokens.current(id));

        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var got = all.invokeAll(Stream.generate(() -> need).limit(20).toList());
            assertThat(got.stream().map(SignInTests::result).distinct()).hasSize(1);
        }
        assertThat(provider.asked("refresh_token"))
                .singleElement()
                .satisfies(form -> assertThat(form).containsEntry("refresh_token", "refresh-token-1"));
    }

    private static String result(java.util.concurrent.Future<String> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTokenThatTheMailServerNoLongerTakesIsRenewed() {
        signedIn();
        await().atMost(Duration.ofSeconds(20)).until(() -> "ok".equals(state()));

        provider.forgetTokens();
        dovecot.hangUp(shop.mailbox());
        dovecot.deliver(shop.mailbox(), "From: ana@mail.example\nSubject: Later\n\nHola");

        assertThat(Conversation.only(shop).subject()).isEqualTo("Later");
        assertThat(provider.asked("refresh_token")).isNotEmpty();
    }

    @Test
    void aProviderThatRefusesToRenewIsNamed() {
        var id = signedIn();
        provider.refuse();
        shop.inside(() -> {
            table.doubt(id);
            return id;
        });

        assertThatThrownBy(() -> shop.inside(() -> tokens.current(id))).isInstanceOf(NoTokenException.class);

        dovecot.hangUp(shop.mailbox());
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        mailbox().path("health").path("problem").asString("").contains("Sign in again"));
        assertThat(provider.asked("refresh_token")).hasSize(1); // it is not asked again and again
        assertThat(mailbox().path("signIn").path("needsPerson").asBoolean()).isTrue();
    }

    private static String word(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private MailboxId signedIn() {
        var id = connect();
        comeBack(word(begin(id), "state"), "good");
        return new MailboxId(UUID.fromString(id));
    }

    private String connect() {
        return owner.post("/mailboxes", settings()).ok().path("id").asString();
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put("address", shop.mailbox());
        settings.put("name", "Shop");
        settings.put("imap", Map.of("host", "127.0.0.1", "port", dovecot.port(), "security", "none"));
        settings.put("smtp", Map.of("host", "127.0.0.1", "port", Installation.freePort(), "security", "none"));
        settings.put("password", "");
        settings.put(
                "oauth",
                Map.of(
                        "provider", "other",
                        "clientId", "relevo",
                        "clientSecret", "very secret",
                        "authorizationUrl", provider.url("/authorize"),
                        "tokenUrl", provider.url("/token"),
                        "scope", "mail"));
        return settings;
    }

    /** What the address of the provider's page says. */
    private Map<String, String> begin(String id) {
        var url = owner.post("/mailboxes/" + id + "/sign-in", Map.of())
                .ok()
                .path("url")
                .asString();
        var fields = new HashMap<String, String>();
        for (var field : URI.create(url).getRawQuery().split("&")) {
            var parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** The provider sends the browser back; where it gets to. */
    private String comeBack(String state, String code) {
        var request = HttpRequest.newBuilder(
                        URI.create(shop.url() + "/api/v1/mailboxes/sign-in?state=" + state + "&code=" + code))
                .header("Cookie", owner.cookieHeader());
        try (var browser = HttpClient.newHttpClient()) {
            var answer = browser.send(request.build(), BodyHandlers.discarding());
            return answer.headers().firstValue("Location").orElse("status " + answer.statusCode());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode mailbox() {
        return owner.get("/mailboxes").ok().path("items").get(0);
    }

    private String state() {
        return mailbox().path("health").path("state").asString();
    }
}
