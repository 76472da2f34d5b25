package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.platform.Reason;
import org.relevo.platform.RelevoOrigins;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.tickets.MessageFacts;
import org.relevo.tickets.MessageFacts.Automatic;
import org.relevo.tickets.MessageFacts.CalendarEvent;
import org.relevo.tickets.MessageFacts.Forwarded;
import org.relevo.tickets.MessageFacts.Sender;
import org.relevo.tickets.MessageFacts.Sender.Verdict;
import org.relevo.tickets.ReceivedMessage;
import org.relevo.tickets.ReceivedMessage.Addresses;
import org.relevo.tickets.ReceivedMessage.Inbox;
import org.relevo.tickets.ReceivedMessage.Words;
import org.relevo.tickets.Tickets;

/** What an agent sees of a mail: what was written now, who really wrote it, and what can be done about that. */
@RelevoTest
class ReadingJourneyTests {

    private static final Sender FALSE = new Sender(Verdict.FAILED, "fail", "none", "fail");

    private final TestShops shops;
    private final Tickets tickets;
    private final Customers customers;
    private final RelevoOrigins origins;
    private final Post post;

    ReadingJourneyTests(TestShops shops, Tickets tickets, Customers customers, RelevoOrigins origins) {
        this.shops = shops;
        this.tickets = tickets;
        this.customers = customers;
        this.origins = origins;
        this.post = new Post(shops.office());
    }

    @Test
    void whatWasWrittenNowStandsAloneAndTheRestIsOnePressAway() {
        var shop = shops.openWithMailbox();
        Customer.named("Ana Ruiz", shop, post).writes("Answer", """
                Yes, please.

                On Mon, 24 Nov 2025 at 10:00, Shop <hello@shop.example> wrote:
                > Shall we send it?

                --\u0020
                Ana Ruiz, Head of Lamps
                """);
        try (var desk = reading(shop, "Answer")) {
            assertThat(desk.messages()).containsText("Yes, please.");
            assertThat(desk.messages()).not().containsText("Shall we send it?");
            assertThat(desk.messages()).not().containsText("Head of Lamps");

            inThread(desk, AriaRole.BUTTON, "Show all").focus();
            desk.press("Enter");
            assertThat(desk.messages()).containsText("Shall we send it?");
            assertThat(inThread(desk, AriaRole.BUTTON, "Show only what is new")).hasAttribute("aria-expanded", "true");
        }
    }

    @Test
    void aDressedAnswerStandsAloneToo() {
        var shop = shops.openWithMailbox();
        Customer.named("Ana Ruiz", shop, post).sends("Dressed", """
                Content-Type: text/html; charset=utf-8

                <table><tr><td>Size</td><td><b>42</b></td></tr></table>
                <div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 24 Nov 2025 at 10:00, Shop
                &lt;<a href="mailto:hello@shop.example">hello@shop.example</a>&gt; wrote:<br></div>
                <blockquote class="gmail_quote"><i>Which size?</i></blockquote></div>
                """);
        try (var desk = reading(shop, "Dressed")) {
            assertThat(desk.mailFrame().locator("b")).hasText("42");
            assertThat(desk.mailFrame().locator("i")).hasCount(0);

            inThread(desk, AriaRole.BUTTON, "Show all").click();
            assertThat(desk.mailFrame().locator("i")).hasText("Which size?");
        }
    }

    @Test
    void anAbsentPersonsMachineTakesOneLine() {
        var shop = shops.openWithMailbox();
        var absent = new Automatic(Automatic.Kind.AUTO_REPLY, Reason.of("thread.bounce"), true);
        arrives(shop, Words.of("I am back on Monday."), facts(absent, Sender.UNKNOWN));
        try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
            desk.go("/inbox/all/" + Conversation.only(shop).id());
            var line = inThread(desk, AriaRole.BUTTON, Pattern.compile("Automatic reply Ana Ruiz.*"));
            assertThat(line).hasAttribute("aria-expanded", "false");
            assertThat(desk.messages()).not().containsText("It reports about");
            line.click();
            assertThat(desk.messages()).containsText("Automatic reply. It reports about a mail");
        }
    }

    @Test
    void aFalseSenderIsNamedAndItsOrdersWaitForAPerson() {
        var shop = shops.openWithMailbox();
        anOrderOfAna(shop);
        arrives(shop, Words.of("Send it elsewhere."), facts(Automatic.PERSON, FALSE));
        try (var desk = reading(shop, "Answer")) {
            assertThat(desk.messages()).containsText("Sender not verified");
            assertThat(desk.messages()).containsText("anyone may have written it");
            var panel = desk.page().getByRole(AriaRole.COMPLEMENTARY);
            assertThat(panel).containsText("We are not sure that it is them");
            assertThat(panel).not().containsText("AU-1");

            desk.button("It is them: show orders").click();
            assertThat(panel).containsText("AU-1");
            assertThat(desk.messages())
                    .containsText("Orders and history are shown again. Olga Owner trusts the sender");
        }
    }

    @Test
    void picturesFromElsewhereWaitAndPrivatePlacesAreNeverAsked() {
        try (var listener = Listener.open()) {
            var shop = shops.openWithMailbox();
            var page = "<p><b>Our new lamps</b></p><table><tr><td>Look<img src=\"%s/pixel.png\"></td></tr></table>";
            Customer.named("Ana Ruiz", shop, post)
                    .sends("Lamps", "Content-Type: text/html\n\n" + page.formatted(listener.url()));
            try (var desk = reading(shop, "Lamps")) {
                assertThat(desk.mailFrame().locator("b")).hasText("Our new lamps");
                assertThat(desk.mailFrame().locator("img")).hasCount(0);

                inThread(desk, AriaRole.BUTTON, "Show").click();
                assertThat(desk.mailFrame().locator("img")).hasCount(1);
                assertThat(desk.mailFrame().locator("img").getAttribute("src")).startsWith(origins.content());
                assertThat(inThread(desk, AriaRole.BUTTON, "Show")).hasCount(0);
                assertThat(desk.requestsTo(shop.url(), origins.content())).isEmpty();
            }
            assertThat(listener.asked()).isEmpty();
        }
    }

    @Test
    void aStrangerIsShownAsSuchUntilSomebodyLetsThemIn() {
        var shop = shops.openWithMailbox();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.writes("Two of us", "Hello?");
        Conversation.only(shop).reply("Yes?");
        var answer = ana.reads(1).getFirst();
        Customer.named("Leo Stranger", shop, post)
                .answersTo(header(answer, "Reply-To"), Customer.idOf(answer), "Re: Two of us", "I live there too.");
        try (var desk = reading(shop, "Two of us")) {
            var panel = desk.page().getByRole(AriaRole.COMPLEMENTARY);
            assertThat(desk.messages()).containsText("Leo Stranger");
            assertThat(desk.messages()).containsText("Does not take part");
            assertThat(panel).containsText("Wrote without taking part");

            inThread(desk, AriaRole.BUTTON, Pattern.compile("Let leo.* in")).click();
            assertThat(desk.messages()).containsText(Pattern.compile("Olga Owner let leo\\S+ take part"));
            assertThat(desk.messages()).not().containsText("Does not take part");
            assertThat(panel).not().containsText("Wrote without taking part");
        }
    }

    @Test
    void everythingThatAMailCanBeShutsNobodyOut() {
        var shop = shops.openWithMailbox();
        var meeting = new CalendarEvent(
                "REQUEST",
                "Delivery",
                "2026-11-24T09:00:00Z",
                "2026-11-24T10:00:00Z",
                "Sun St 3",
                "eva@x.example",
                null);
        var facts = new MessageFacts(
                new Automatic(Automatic.Kind.BULK, Reason.of("status.asks-nothing"), false),
                FALSE,
                new Forwarded("Eva Sol", "eva@x.example", "Mon, 3 Nov 2025", "Lamp"),
                List.of(meeting),
                "smime-signed",
                Reason.of("mail.too-large-to-read", "80"));
        arrives(shop, new Words("Now\n> Before", null, "Now", null), facts);
        try (var desk = reading(shop, "Answer")) {
            assertThat(desk.messages()).containsText("Tue, Nov 24, 2026");
            assertThat(Axe.finds(desk, "reading")).isEmpty();
            desk.button("Make Eva Sol the customer").click();
            assertThat(desk.messages()).containsText("Olga Owner made eva@x.example the customer");
            assertThat(desk.button("Make Eva Sol the customer")).isHidden();
        }
    }

    private static DeskBrowser reading(TestShop shop, String subject) {
        var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain());
        desk.row(subject).click();
        assertThat(desk.composer()).isVisible();
        return desk;
    }

    private static Locator inThread(DeskBrowser desk, AriaRole role, String name) {
        return desk.messages()
                .getByRole(role, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator inThread(DeskBrowser desk, AriaRole role, Pattern name) {
        return desk.messages().getByRole(role, new Locator.GetByRoleOptions().setName(name));
    }

    private static MessageFacts facts(Automatic automatic, Sender sender) {
        return new MessageFacts(automatic, sender, null, List.of(), "none", null);
    }

    /** A mail of Ana Ruiz about which the channel found out that. */
    private void arrives(TestShop shop, Words words, MessageFacts facts) {
        var from = "ana@" + shop.domain() + ".customer.example";
        shop.inside(() -> tickets.receive(
                Optional.empty(),
                new ReceivedMessage(
                        new Inbox(UUID.randomUUID(), shop.mailbox(), null),
                        customers.recognise(Identity.email(from), "Ana Ruiz"),
                        Instant.now(),
                        "Answer",
                        words,
                        new Addresses(from, "other@elsewhere.example", List.of(shop.mailbox()), List.of()),
                        List.of(),
                        Optional.empty(),
                        facts,
                        null,
                        false),
                Reason.of("thread.new")));
    }

    private static void anOrderOfAna(TestShop shop) {
        var source = shop.api()
                .post("/shops", Map.of("kind", "generic", "name", "Shop"))
                .ok()
                .path("id")
                .asString();
        var sheet = """
                number,placed_at,status,currency,total,customer_name,email,line_name,line_quantity,line_total
                AU-1,2026-11-20 14:07,shipped,EUR,64.90,Ana Ruiz,ana@%s.customer.example,Lamp,1,64.90
                """.formatted(shop.domain());
        shop.api()
                .post("/shops/" + source + "/imports", "text/csv", sheet.getBytes(StandardCharsets.UTF_8))
                .ok();
    }

    private static String header(String mail, String name) {
        return mail.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*?([^\\s<]+@[^\\s>]+).*", "$1");
    }
}
