package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** The main job at the desk: a mail arrives, is answered with the order beside it, and the customer comes back. */
@RelevoTest
class MainJobJourneyTests {

    private final TestShops shops;
    private final Post post;

    MainJobJourneyTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            es | Llega mañana, José. | Deshacer | Pendiente | Abierta
            en | It comes tomorrow.  | Undo     | Pending   | Open
            """)
    void aMailIsAnsweredFromTheDeskAndTheCustomersAnswerReopensIt(
            String language, String answer, String undo, String pending, String open) {
        var shop = aShopWithAnOrder(language);
        var jose = Customer.named("Jose Nunez", shop, post);
        try (var desk = DeskBrowser.in(language, shop.url()).signIn("owner@" + shop.domain())) {
            var question = jose.writes("Where is my lamp", "Order AU-1: where is it?");
            assertThat(desk.row("Where is my lamp")).isVisible();
            desk.row("Where is my lamp").click();
            assertThat(desk.messages()).containsText("where is it?");
            assertThat(desk.page().getByRole(AriaRole.COMPLEMENTARY)).containsText("AU-1");

            desk.composer().fill("Wrong words");
            desk.press("Control+Enter");
            desk.button(undo).click();
            assertThat(desk.composer()).hasValue("Wrong words");
            desk.composer().fill(answer);
            desk.press("Control+Enter");

            var mail = jose.reads(1).getFirst();
            assertThat(mail).contains("In-Reply-To: " + question).doesNotContain("Wrong words");
            assertThat(status(desk, pending)).isVisible();
            desk.shot("main-job-" + language);

            jose.answers(Customer.idOf(mail), "Re: Where is my lamp", "Thank you, one more thing.");
            assertThat(desk.messages()).containsText("one more thing");
            assertThat(status(desk, open)).isVisible();
            assertThat(jose.reads(1)).hasSize(1);
        }
    }

    @Test
    void theWholeJobNeedsNoMouse() {
        var shop = shops.openWithMailbox();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("First question", "One?");
        try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
            assertThat(desk.row("First question")).isVisible();
            ana.writes("Second question", "Two?");
            assertThat(desk.row("Second question")).isVisible();

            desk.press("j");
            assertThat(desk.messages()).containsText("Two?");
            desk.press("j");
            assertThat(desk.messages()).containsText("One?");
            desk.press("k");
            assertThat(desk.messages()).containsText("Two?");

            desk.press("a");
            assertThat(desk.page().getByRole(AriaRole.LISTBOX).last()).containsText("To me");
            desk.type("me").press("Enter");
            assertThat(desk.row("Second question")).containsText("You");

            desk.press("n").type("Ask the carrier");
            desk.press("Control+Enter");
            assertThat(desk.messages()).containsText("Ask the carrier");
            desk.press("Escape", "r");
            desk.type("On its way.").press("Control+Enter");
            assertThat(desk.messages()).containsText("On its way.");
            assertThat(ana.reads(1).getFirst()).contains("On its way.");

            desk.press("Escape", "j");
            assertThat(desk.messages()).containsText("One?");
            desk.press("e");
            assertThat(desk.row("First question")).isHidden();
            assertThat(desk.button("Undo")).isVisible();
            desk.press("z");
            assertThat(desk.row("First question")).isVisible();

            desk.press("?");
            assertThat(dialog(desk, "Keyboard shortcuts")).isVisible();
            desk.press("Escape");
            assertThat(dialog(desk, "Keyboard shortcuts")).isHidden();
            desk.press("Control+k");
            assertThat(desk.page().getByRole(AriaRole.COMBOBOX)).isFocused();
            desk.type("First");
            assertThat(desk.page().getByRole(AriaRole.DIALOG)).containsText("First question");
            desk.press("Escape");
            assertThat(desk.page().getByRole(AriaRole.DIALOG)).isHidden();
        }
    }

    private static Locator dialog(DeskBrowser desk, String name) {
        return desk.page().getByRole(AriaRole.DIALOG, new GetByRoleOptions().setName(name));
    }

    private static Locator status(DeskBrowser desk, String words) {
        return desk.button(Pattern.compile("(Estado|Status): " + words));
    }

    private TestShop aShopWithAnOrder(String language) {
        var shop = shops.openWithMailbox();
        shop.as("owner@" + shop.domain())
                .patch("/me", Map.of("locale", language))
                .ok();
        var source = shop.api()
                .post("/shops", Map.of("kind", "generic", "name", "Shop"))
                .ok()
                .path("id")
                .asString();
        var sheet = """
                number,placed_at,status,currency,total,customer_name,email,line_name,line_quantity,line_total
                AU-1,2026-11-20 14:07,shipped,EUR,64.90,Jose Nunez,jose.nunez@%s.customer.example,Lamp,1,64.90
                """.formatted(shop.domain());
        shop.api()
                .post("/shops/" + source + "/imports", "text/csv", sheet.getBytes(StandardCharsets.UTF_8))
                .ok();
        return shop;
    }
}
