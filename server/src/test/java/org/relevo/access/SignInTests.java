package org.relevo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;

/** Sessions, tokens, invitations: who gets in, and who is out at once. */
@RelevoTest
class SignInTests {

    private final TestShops shops;

    SignInTests(TestShops shops) {
        this.shops = shops;
    }

    @Test
    void whoeverIsNotSignedInIsToldSo() {
        var shop = shops.open();

        assertThat(shop.stranger().get("/session").problem()).isEqualTo("signed-out");
        assertThat(shop.stranger().get("/tickets").problem()).isEqualTo("signed-out");
    }

    @Test
    void signingInGivesASessionWithWhatOneMayDo() {
        var shop = shops.open();

        var session = shop.as("owner@" + shop.domain()).get("/session").ok();

        assertThat(session.path("role").asString()).isEqualTo("owner");
        assertThat(session.path("permissions").valueStream().map(node -> node.asString()))
                .contains("token:manage", "ticket:link-order");
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreToldAlike() {
        var shop = shops.open();
        var stranger = shop.stranger();
        stranger.get("/session");

        var wrong = stranger.post("/session", Map.of("email", "owner@" + shop.domain(), "password", "not this one"));
        var unknown = stranger.post("/session", Map.of("email", "nobody@" + shop.domain(), "password", "not this one"));

        assertThat(wrong.problem()).isEqualTo("sign-in-refused");
        assertThat(unknown.body().path("detail")).isEqualTo(wrong.body().path("detail"));
    }

    @Test
    void guessingIsSlowedDown() {
        var shop = shops.open();
        var stranger = shop.stranger();
        stranger.get("/session");
        var guess = Map.of("email", "victim@" + shop.domain(), "password", "guess");

        for (int tries = 0; tries < 10; tries++) {
            stranger.post("/session", guess);
        }
        var refused = stranger.with("X-Forwarded-For", "203.0.113.9").post("/session", guess);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void anOfficeBehindOneAddressSignsInInTheMorning() {
        var shop = shops.open();

        for (int person = 0; person < 40; person++) {
            shop.as("owner@" + shop.domain()).get("/session").ok();
        }
    }

    @Test
    void aWriteWithoutThePagesTokenIsRefused() throws Exception {
        var shop = shops.open();
        var owner = shop.as("owner@" + shop.domain());
        var request = HttpRequest.newBuilder(URI.create(shop.url() + "/api/v1/teams"))
                .header("Cookie", owner.cookieHeader())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Forged\"}"))
                .build();

        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("page-out-of-date");
    }

    @Test
    void signingOutEndsTheSessionInEveryTab() {
        var shop = shops.open();
        var tab = shop.as("owner@" + shop.domain());

        tab.delete("/session").ok();

        assertThat(tab.get("/tickets").problem()).isEqualTo("signed-out");
    }

    @Test
    void anInvitationMakesAnAgentOnceAndOnlyOnce() {
        var shop = shops.open();
        var guest = Map.of("email", "new@" + shop.domain(), "role", "agent", "partyKind", "shop", "teamIds", List.of());
        var link = shop.as("owner@" + shop.domain())
                .post("/people/invitations", Map.of("invitations", List.of(guest)))
                .ok()
                .get(0)
                .path("link")
                .asString();
        var code = link.substring(link.lastIndexOf('/') + 1);
        var person = shop.stranger();
        person.get("/session");
        var acceptance = Map.of("name", "Nora New", "password", TestShops.PASSWORD, "locale", "es");

        assertThat(person.get("/invitations/" + code).ok().path("email").asString())
                .isEqualTo("new@" + shop.domain());
        var session =
                person.post("/invitations/" + code + "/accept", acceptance).ok();
        assertThat(session.path("role").asString()).isEqualTo("agent");
        assertThat(shop.stranger().get("/invitations/" + code).problem()).isEqualTo("invitation-expired");
        assertThat(shop.stranger().get("/invitations/" + code + "x").problem()).isEqualTo("invitation-unknown");
    }

    @Test
    void invitationsAreMadeAllOrNoneAndOnlyForTeamsOfTheShop() {
        var shop = shops.open();
        var owner = shop.as("owner@" + shop.domain());
        var foreign = shops.open()
                .api()
                .post("/teams", Map.of("name", "Foreign"))
                .ok()
                .path("id")
                .asString();
        var good = Map.of("email", "one@" + shop.domain(), "role", "agent", "partyKind", "shop");
        var bad = Map.of(
                "email", "two@" + shop.domain(), "role", "agent", "partyKind", "shop", "teamIds", List.of(foreign));

        var refused = owner.post("/people/invitations", Map.of("invitations", List.of(good, bad)));

        assertThat(refused.problem()).isEqualTo("invalid-request");
        assertThat(owner.get("/people").ok().path("items")).hasSize(1);
    }

    @Test
    void aRevokedTokenIsRefused() {
        var shop = shops.open();
        var owner = shop.as("owner@" + shop.domain());
        var token = owner.post("/tokens", Map.of("name", "import")).ok();
        var program = shop.stranger().withToken(token.path("secret").asString());
        program.get("/tickets").ok();

        owner.delete("/tokens/" + token.path("id").asString()).ok();

        assertThat(program.get("/tickets").problem()).isEqualTo("signed-out");
    }

    @Test
    void anAgentCannotDoWhatOnlyOwnersMay() {
        var shop = shops.open();
        var agent = shops.hire(shop, "Ana Agent", Role.AGENT, PartyKind.SHOP, "", List.of());

        assertThat(shop.as(agent.email()).get("/tokens").problem()).isEqualTo("not-allowed");
    }
}
