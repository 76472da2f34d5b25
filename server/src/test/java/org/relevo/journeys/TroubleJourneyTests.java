package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** What can go wrong while somebody writes: their text is never lost, and they hear what to do. */
@RelevoTest
class TroubleJourneyTests {

    private final TestShops shops;
    private final Post post;

    TroubleJourneyTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aSessionThatEndsInAnotherTabKeepsTheText() {
        var shop = shops.openWithMailbox();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("Signed out", "Hello?");
        try (var desk = reading(shop, "owner@" + shop.domain(), "Signed out")) {
            desk.composer().fill("Half a sentence");
            var tab = desk.newTab();
            tab.navigate(shop.url() + "/inbox/open");
            tab.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Your account"))
                    .click();
            tab.getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName("Sign out"))
                    .click();
            tab.waitForURL("**/sign-in");
            tab.close();

            var dialog = desk.page().getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("What you were writing is saved");
            desk.shot("session-ended");
            desk.labelled("Password").fill(TestShops.PASSWORD);
            desk.press("Enter");
            assertThat(dialog).isHidden();
            assertThat(desk.composer()).hasValue("Half a sentence");
            desk.composer().press("Control+Enter");
            assertThat(ana.reads(1).getFirst()).contains("Half a sentence");
        }
    }

    @Test
    void whatIsSentWithoutConnectionLeavesWhenItIsBack() {
        var shop = shops.openWithMailbox();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("Offline", "Hello?");
        try (var desk = reading(shop, "owner@" + shop.domain(), "Offline")) {
            desk.context().setOffline(true);
            assertThat(desk.alert("Offline.")).isVisible();
            desk.composer().fill("Written in a tunnel");
            desk.composer().press("Control+Enter");
            assertThat(desk.text("Waiting for a connection")).isVisible();
            desk.shot("offline");

            desk.context().setOffline(false);
            assertThat(desk.alert("Offline.")).isHidden();
            assertThat(ana.reads(1).getFirst()).contains("Written in a tunnel");
            assertThat(desk.text("Waiting for a connection")).isHidden();
            assertThat(ana.reads(1)).hasSize(1);
        }
    }

    @Test
    void whoeverIsSecondReadsTheOthersAnswerFirst() {
        var shop = shops.openWithMailbox();
        var ben = shops.hire(shop, "Ben Second", Role.AGENT, PartyKind.SHOP, "", List.of());
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("Two at once", "Hello?");
        try (var first = reading(shop, "owner@" + shop.domain(), "Two at once");
                var second = reading(shop, ben.email(), "Two at once")) {
            second.composer().fill("My own answer");
            first.composer().fill("I was quicker");
            first.composer().press("Control+Enter");
            assertThat(second.alert("Olga Owner answered while you were writing"))
                    .containsText("I was quicker");
            second.composer().press("Control+Enter");
            assertThat(second.composer()).hasValue("My own answer");
            second.shot("collision");

            second.button("Send anyway").click();
            assertThat(ana.reads(2).getLast()).contains("My own answer");
        }
    }

    @Test
    void aReplyThatItsServerRefusesSaysWhyAndCanBeTriedAgain() {
        try (var refusing = RefusingServer.open()) {
            var shop = shops.open();
            shops.office().createAccount(shop.mailbox(), TestShops.PASSWORD);
            shop.as("owner@" + shop.domain())
                    .post("/mailboxes", mailbox(shop, refusing.port()))
                    .ok();
            Customer.named("Ana Ruiz", shop, post).writes("Refused", "Hello?");
            try (var desk = reading(shop, "owner@" + shop.domain(), "Refused")) {
                desk.composer().fill("This cannot go");
                desk.composer().press("Control+Enter");
                assertThat(desk.alert("It didn't go out")).isVisible();
                assertThat(desk.messages()).containsText("This cannot go");
                desk.shot("failed-send");
                var before = refusing.refused();
                desk.messages()
                        .getByRole(
                                AriaRole.BUTTON,
                                new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Try again"))
                        .click();
                org.awaitility.Awaitility.await().until(() -> refusing.refused() > before);
                assertThat(desk.alert("It didn't go out")).isVisible();
            }
        }
    }

    private Map<String, Object> mailbox(TestShop shop, int smtp) {
        return Map.of(
                "address", shop.mailbox(),
                "name", "Shop",
                "password", TestShops.PASSWORD,
                "imap", Map.of("host", "127.0.0.1", "port", shops.office().imapPort(), "security", "none"),
                "smtp", Map.of("host", "127.0.0.1", "port", smtp, "security", "none"));
    }

    private static DeskBrowser reading(TestShop shop, String email, String subject) {
        var desk = DeskBrowser.in("en", shop.url()).signIn(email);
        desk.row(subject).click();
        assertThat(desk.composer()).isVisible();
        return desk;
    }
}
