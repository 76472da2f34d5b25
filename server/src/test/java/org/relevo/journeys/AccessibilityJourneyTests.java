package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** Every page, wide and narrow, light and dark, has nothing that an accessibility check finds. */
@RelevoTest
class AccessibilityJourneyTests {

    private final TestShops shops;
    private final Post post;
    private final List<String> found = new ArrayList<>();

    AccessibilityJourneyTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void noPageShutsAnybodyOut() {
        var shop = aBusyShop();
        try (var desk = DeskBrowser.in("en", shop.url())) {
            check(desk, "/sign-in", "sign-in");
            check(desk, invitation(shop), "invitation-page");
            desk.signIn("owner@" + shop.domain());
            var ticket = first(shop, "/tickets");
            check(desk, "/inbox/open", "inbox");
            check(desk, "/inbox/open/" + ticket, "ticket");
            check(desk, "/inbox/solved", "inbox-empty");
            for (var tab : List.of("mailboxes", "shops", "people", "tokens", "profile")) {
                check(desk, "/settings/" + tab, "settings-" + tab);
            }
            var mailbox = "/settings/mailboxes/" + first(shop, "/mailboxes");
            for (var section : List.of(
                    "health", "waiting", "log", "folders", "connection", "sending", "trust", "acknowledgement")) {
                check(desk, mailbox + "/" + section, "mailbox-" + section);
            }
            check(desk, "/nowhere", "not-found");
            overlay(desk, "Control+k", "palette");
            overlay(desk, "?", "shortcuts");
        }
        try (var desk = DeskBrowser.in("en", shop.url())) {
            var unready = shops.openBeforeSetUp();
            desk.signIn("owner@" + unready.domain());
            for (var step : List.of("mailbox", "shop", "team", "done")) {
                check(desk, null, "setup-step-" + step);
                if (!"done".equals(step)) {
                    desk.button("Do it later").click();
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private void overlay(DeskBrowser desk, String key, String name) {
        desk.light().width(1440).go("/inbox/open");
        assertThat(desk.row("")).isVisible();
        desk.press(key);
        assertThat(desk.page().getByRole(AriaRole.DIALOG)).isVisible();
        found.addAll(Axe.finds(desk, name));
    }

    private void check(DeskBrowser desk, @org.jspecify.annotations.Nullable String path, String name) {
        if (path != null) {
            desk.go(path);
        }
        assertThat(desk.page().getByRole(AriaRole.HEADING).first()).isVisible();
        desk.page().waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        found.addAll(Axe.finds(desk, name));
    }

    private static String first(TestShop shop, String list) {
        return shop.api().get(list).ok().path("items").get(0).path("id").asString();
    }

    private TestShop aBusyShop() {
        var shop = shops.openWithMailbox();
        var owner = shop.as("owner@" + shop.domain());
        owner.patch("/me", Map.of("theme", "system"));
        owner.post("/shops", Map.of("kind", "generic", "name", "Shop")).ok();
        owner.post("/tokens", Map.of("name", "ERP")).ok();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("A question", "Where is it? See https://shop.example/orders/1");
        org.awaitility.Awaitility.await()
                .until(() -> !shop.api().get("/tickets").ok().path("items").isEmpty());
        var ticket = first(shop, "/tickets");
        owner.post("/tickets/" + ticket + "/notes", Map.of("text", "Ask the carrier"))
                .ok();
        owner.post("/tickets/" + ticket + "/replies", Map.of("text", "Tomorrow.", "status", "open"))
                .ok();
        owner.put("/tickets/" + ticket + "/tags", Map.of("tags", List.of("late", "gift")))
                .ok();
        return shop;
    }

    private static String invitation(TestShop shop) {
        var guest = Map.of("email", "new@" + shop.domain(), "role", "agent", "partyKind", "shop");
        return shop.as("owner@" + shop.domain())
                .post("/people/invitations", Map.of("invitations", List.of(guest)))
                .ok()
                .get(0)
                .path("link")
                .asString();
    }
}
