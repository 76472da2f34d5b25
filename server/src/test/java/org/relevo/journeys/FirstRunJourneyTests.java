package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.relevo.Relevo;
import org.relevo.access.SetupCode;
import org.relevo.demonstration.mail.PostOffice;
import org.relevo.platform.RelevoOrigins;
import org.relevo.support.Installation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** From the printed link to the first mail in the inbox, on an installation where nothing is yet (R120). */
@RelevoTest
class FirstRunJourneyTests {

    private static final String ADDRESS = "hello@first-run.example";
    private final PostOffice office;

    FirstRunJourneyTests(TestShops shops) {
        this.office = shops.office();
    }

    @Test
    void anOwnerIsReadyWithinMinutesAndWhoTheyInviteIsIn() {
        office.createAccount(ADDRESS, TestShops.PASSWORD);
        try (var fresh = new SpringApplicationBuilder(Relevo.class)
                .initializers(new Installation())
                .run()) {
            var url = fresh.getBean(RelevoOrigins.class).desk();
            try (var owner = DeskBrowser.in("en", url)) {
                owner.go("/setup?code=" + fresh.getBean(SetupCode.class).text());
                createsTheWorkspace(owner);
                connectsTheMailbox(owner);
                bringsTheOrders(owner);
                var link = invites(owner);
                owner.button("Continue").click();
                owner.button("Open the inbox").click();
                owner.page().waitForURL("**/inbox/**");
                accepts(link, url);

                writesTheFirstMail();
                assertThat(owner.row("Is it made of wool")).isVisible();
            }
        }
    }

    private static void createsTheWorkspace(DeskBrowser owner) {
        owner.field("Name of your shop or company").fill("Wool and more");
        owner.field("Your name").fill("Olga Owner");
        owner.field("Email").fill("olga@first-run.example");
        owner.labelled("Password").fill("short");
        owner.shot("setup-workspace");
        owner.button("Create and continue").click();
        assertThat(owner.labelled("Password")).hasAttribute("aria-invalid", "true");
        owner.labelled("Password").fill(TestShops.PASSWORD);
        owner.button("Create and continue").click();
        assertThat(owner.page().getByRole(AriaRole.HEADING).first()).containsText("Connect your mailbox");
    }

    private void connectsTheMailbox(DeskBrowser owner) {
        owner.field("Support address").fill(ADDRESS);
        owner.press("Tab");
        assertThat(owner.labelled("Outgoing server")).hasValue("smtp.first-run.example");
        server(owner, "Incoming server", office.imapPort());
        server(owner, "Outgoing server", office.smtpPort());
        owner.labelled("App password").fill("not the password");
        owner.button("Check").click();
        var check = owner.page().getByRole(AriaRole.REGION, named("Check"));
        assertThat(check.locator("li").nth(1)).containsText("failed");
        owner.shot("setup-mailbox-refused");
        owner.labelled("App password").fill(TestShops.PASSWORD);
        owner.button("Check").click();
        assertThat(check).containsText("Everything answers");
        owner.shot("setup-mailbox");
        owner.button("Continue").click();
    }

    private static void server(DeskBrowser owner, String name, int port) {
        owner.labelled(name).fill("127.0.0.1");
        owner.labelled(name + ": Port").fill(String.valueOf(port));
        owner.labelled(name + ": Security").selectOption("none");
    }

    private static void bringsTheOrders(DeskBrowser owner) {
        owner.page().getByText("Upload a file of orders").click();
        owner.field("Shop name").fill("Wool and more");
        owner.button("Create the shop").click();
        var picker = owner.page().locator("input[type=file]");
        picker.setInputFiles(
                sheet("number,placed_at,status,currency,sum,customer_name,line_name,line_quantity,line_total"));
        assertThat(owner.page().getByRole(AriaRole.TABLE)).containsText("total");
        owner.shot("setup-orders-refused");
        picker.setInputFiles(
                sheet("number,placed_at,status,currency,total,customer_name,line_name,line_quantity,line_total"));
        assertThat(owner.text("1 order came in")).isVisible();
        owner.button("Continue").click();
    }

    private static FilePayload sheet(String header) {
        var rows = header + "\nW-1,2026-11-20 14:07,shipped,EUR,64.90,José Núñez,Blanket,1,64.90\n";
        return new FilePayload("orders.csv", "text/csv", rows.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String invites(DeskBrowser owner) {
        owner.field("Email").fill("nora@first-run.example");
        owner.button("Create invitations").click();
        var link = owner.page()
                .locator("code")
                .filter(new Locator.FilterOptions().setHasText("/invitation/"))
                .first();
        assertThat(link).isVisible();
        owner.shot("setup-team");
        return link.textContent().strip();
    }

    private static void accepts(String link, String url) {
        try (var guest = DeskBrowser.in("es", url)) {
            guest.go(link);
            assertThat(guest.page().getByRole(AriaRole.MAIN)).containsText("Wool and more");
            guest.shot("invitation");
            guest.field("Tu nombre").fill("Nora Nueva");
            guest.labelled("Elige una contraseña").fill(TestShops.PASSWORD);
            guest.page().keyboard().press("Enter");
            guest.page().waitForURL("**/inbox/**");
            assertThat(guest.button("Tu cuenta: Nora Nueva")).isVisible();
        }
    }

    private void writesTheFirstMail() {
        new Post(office).send("""
                From: Ana Ruiz <ana@first-run.customer.example>
                To: %s
                Subject: Is it made of wool
                Message-ID: <%s@mail.example>

                Is it?
                """.formatted(ADDRESS, UUID.randomUUID()), ADDRESS);
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions named(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }
}
