package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.channels.inbound.Arrival;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever looks after the mailboxes hears of trouble before agents miss mail, and finds there what to do. */
@RelevoTest
class MailboxHealthJourneyTests {

    private static final byte[] UNREADABLE = "\0\0\0\r\n\r\n".getBytes(StandardCharsets.UTF_8);

    private final TestShops shops;
    private final InboundStore inbound;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;

    MailboxHealthJourneyTests(TestShops shops, InboundStore inbound, BlobStore blobs, TransactionTemplate transaction) {
        this.shops = shops;
        this.inbound = inbound;
        this.blobs = blobs;
        this.transaction = transaction;
    }

    @Test
    void aRefusedSignInIsToldToWhoeverCanHelpAndToNobodyElse() throws IOException {
        var shop = shops.openWithMailbox();
        shop.as("owner@" + shop.domain()).patch("/me", Map.of("theme", "system"));
        var guest = shops.hire(shop, "Gil Guest", Role.AGENT, PartyKind.PROVIDER, "Far Away", List.of());
        try (var owner = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain());
                var provider = DeskBrowser.in("en", shop.url()).signIn(guest.email())) {
            assertThat(owner.text("No mail comes in")).isHidden();
            connect(shop, "orders@" + shop.domain(), "not the password");

            assertThat(owner.text("No mail comes in from orders@" + shop.domain()))
                    .isVisible();
            assertThat(owner.text("does not accept user and password")).isVisible();
            owner.shot("mailbox-warning");
            assertThat(provider.text("No mail comes in")).isHidden();

            owner.page().getByText("See the mailbox", exactly()).click();
            assertThat(owner.page().getByRole(AriaRole.MAIN)).containsText("Not read at the moment");
            assertThat(owner.page().getByRole(AriaRole.MAIN)).containsText("Failed tries in a row");
            assertThat(Axe.finds(owner, "mailbox-failing")).isEmpty();

            section(owner, "Connection").click();
            owner.labelled("App password").fill(TestShops.PASSWORD);
            owner.button("Save").click();
            assertThat(owner.text("No mail comes in")).isHidden();
            section(owner, "Log").click();
            assertThat(owner.page().getByRole(AriaRole.MAIN)).containsText("The mailbox is read");
        }
    }

    @Test
    void whatCannotBeTakenInWaitsWithItsSourceUntilItCan() throws IOException {
        var shop = shops.openWithMailbox();
        shop.as("owner@" + shop.domain()).patch("/me", Map.of("theme", "system", "locale", "es"));
        new Post(shops.office()).send(UNREADABLE, shop.mailbox());
        await().until(() ->
                !shop.api().get("/inbound?state=unreadable").ok().path("items").isEmpty());
        var poison = "From: ana@mail.example\r\nSubject: Blue lamp\r\n\r\nHola".getBytes(StandardCharsets.UTF_8);
        var mailbox = aMailWhoseSourceTheDiskHasLost(shop, poison);
        shop.inside(() -> blobs.keep(poison)); // the disk is back

        try (var desk = DeskBrowser.in("es", shop.url()).signIn("owner@" + shop.domain())) {
            desk.go("/settings/mailboxes");
            assertThat(desk.text("2 correos te esperan")).isVisible();
            assertThat(Axe.finds(desk, "mailboxes")).isEmpty();
            desk.go("/settings/mailboxes/" + mailbox + "/waiting");
            var failed = item(desk, "Con fallo");
            assertThat(item(desk, "No legible").getByText("Ver la conversación"))
                    .isVisible();
            assertThat(Axe.finds(desk, "mailbox-waiting-two")).isEmpty();

            var saved = desk.page()
                    .waitForDownload(
                            () -> failed.getByText("Guardar el original").click());
            assertThat(Files.readAllBytes(saved.path())).isEqualTo(poison);
            failed.getByText("Reintentar").click();
            assertThat(failed).hasCount(0);
            desk.go("/inbox/open");
            assertThat(desk.row("Blue lamp")).isVisible();
        }
    }

    @Test
    void aComparisonCountsWhatIsAtTheServerAndWhatIsHere() throws IOException {
        var shop = shops.openWithMailbox();
        shop.as("owner@" + shop.domain()).patch("/me", Map.of("theme", "system"));
        Customer.named("Ana Ruiz", shop, new Post(shops.office())).writes("Blue lamp", "Hola");
        await().until(() -> !shop.api().get("/tickets").ok().path("items").isEmpty());
        try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
            desk.go("/settings/mailboxes/" + mailboxOf(shop));
            desk.button("Compare now").click();

            assertThat(desk.page().getByRole(AriaRole.TABLE)).containsText("INBOX1110");
            section(desk, "Folders").click();
            assertThat(desk.page().getByLabel("INBOX")).isChecked();
        }
    }

    @Test
    void theFormForASignInAtAProviderShutsNobodyOut() {
        var shop = shops.openWithMailbox();
        shop.as("owner@" + shop.domain()).patch("/me", Map.of("theme", "system"));
        try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
            desk.go("/settings/mailboxes/" + mailboxOf(shop) + "/connection");
            desk.button("At the provider (OAuth)").click();

            assertThat(desk.text("Return address to register at the provider")).isVisible();
            assertThat(desk.labelled("Incoming server")).hasValue("imap.gmail.com");
            assertThat(Axe.finds(desk, "mailbox-oauth")).isEmpty();
        }
    }

    private void connect(TestShop shop, String address, String password) {
        shops.office().createAccount(address, TestShops.PASSWORD);
        var server = shops.office();
        shop.as("owner@" + shop.domain())
                .post(
                        "/mailboxes",
                        Map.of(
                                "address",
                                address,
                                "name",
                                "Orders",
                                "password",
                                password,
                                "imap",
                                Map.of("host", "127.0.0.1", "port", server.imapPort(), "security", "none"),
                                "smtp",
                                Map.of("host", "127.0.0.1", "port", server.smtpPort(), "security", "none")))
                .ok();
    }

    /** Stored, and failed as often as it is tried by itself; returns its mailbox. */
    private UUID aMailWhoseSourceTheDiskHasLost(TestShop shop, byte[] mail) {
        var mailbox = mailboxOf(shop);
        shop.inside(() -> transaction.execute(_ -> {
            inbound.add(new Arrival(mailbox, "lost:1", BlobId.of(mail), mail.length, null));
            return mailbox;
        }));
        var item = UUID.fromString(shop.api()
                .get("/inbound?state=waiting")
                .ok()
                .path("items")
                .get(0)
                .path("id")
                .asString());
        shop.inside(() -> transaction.execute(_ -> {
            inbound.failed(item, InboundStore.TRIES - 1, "inbound.our-fault");
            return item;
        }));
        return mailbox;
    }

    private static UUID mailboxOf(TestShop shop) {
        return UUID.fromString(shop.api()
                .get("/mailboxes")
                .ok()
                .path("items")
                .get(0)
                .path("id")
                .asString());
    }

    private static Locator item(DeskBrowser desk, String words) {
        return desk.page()
                .getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(words));
    }

    private static Locator section(DeskBrowser desk, String name) {
        return desk.page()
                .getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
    }

    private static com.microsoft.playwright.Page.GetByTextOptions exactly() {
        return new com.microsoft.playwright.Page.GetByTextOptions().setExact(true);
    }
}
