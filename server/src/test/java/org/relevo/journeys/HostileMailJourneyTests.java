package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.html.SafeHtml;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.SharedData;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.tickets.domain.MailPage;
import tools.jackson.databind.json.JsonMapper;

/** Mail that was written to do harm: it runs nothing, calls nobody and stays in its frame. */
@RelevoTest
class HostileMailJourneyTests {

    private static final List<String> KINDS = List.of("html-", "svg-", "ct-");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Goes somewhere without loading the desk anew, as the way back does. */
    private static final String MOVE =
            "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')) }";

    private static final String MARK = "() => window.__x ?? null";

    private final TestShops shops;
    private final RelevoOrigins origins;
    private final Post post;

    HostileMailJourneyTests(TestShops shops, RelevoOrigins origins) {
        this.shops = shops;
        this.origins = origins;
        this.post = new Post(shops.office());
    }

    @Test
    void nothingOfItHappensAtTheDesk() throws IOException {
        try (var listener = Listener.open()) {
            var shop = shops.openWithMailbox();
            var tickets = hostileMail(shop, listener);
            try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
                tickets.forEach(ticket -> read(desk, shop, ticket));
                assertThat(desk.requestsTo(
                                shop.url(), origins.content(), shop.url().replace("http", "ws")))
                        .isEmpty();
                assertThat(desk.context().pages()).hasSize(1);
            }
            assertThat(listener.asked()).isEmpty();
        }
    }

    /** Opens the conversation, the whole of the mail, and asks for its pictures. */
    private static void read(DeskBrowser desk, TestShop shop, Conversation ticket) {
        desk.page()
                .waitForResponse(
                        answer -> answer.url().endsWith("/tickets/" + ticket.id()),
                        () -> desk.page().evaluate(MOVE, "/inbox/all/" + ticket.id()));
        assertThat(desk.messages().getByRole(AriaRole.ARTICLE).first()).isVisible();
        press(desk, "Show all");
        press(desk, "Show");
        var frames = desk.page().locator("iframe").count();
        for (var number = 0; number < frames; number++) {
            assertThat(desk.page().frameLocator("iframe").nth(number).locator("body"))
                    .isAttached();
        }
        assertThat(desk.page().frames())
                .allSatisfy(frame -> assertThat(frame.evaluate(MARK)).isNull());
        assertThat(desk.page().url()).startsWith(shop.url());
    }

    private static void press(DeskBrowser desk, String name) {
        var button = desk.messages()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
        if (button.count() > 0) {
            button.first().click();
        }
    }

    /** Without the frame that guards it, and without the rules that the server sends along. */
    @Test
    void whatIsLeftOfItIsHarmlessByItself() throws IOException {
        try (var listener = Listener.open();
                var browser = DeskBrowser.unguarded(origins.desk())) {
            var mails = mails().stream()
                    .map(mail -> new MailParser().parse(bytes(mail, listener)).html())
                    .flatMap(Stream::ofNullable)
                    .toList();
            assertThat(mails).hasSizeGreaterThan(40);
            for (var html : Stream.concat(mails.stream(), payloads()).toList()) {
                browser.page().setContent(page(html));
                assertThat(browser.page().evaluate(MARK)).as(html).isNull();
            }
            assertThat(browser.requestsTo(origins.content())).isEmpty();
            assertThat(browser.context().pages()).hasSize(1);
            assertThat(listener.asked()).isEmpty();
        }
    }

    /** What the frame shows once somebody asked for the pictures. */
    private String page(String html) {
        var stored = SafeHtml.stored(html);
        var pictures = MailPage.remoteImages(stored).stream()
                .collect(Collectors.toMap(Function.identity(), _ -> origins.content() + "/none.png"));
        return MailPage.of(stored, pictures);
    }

    /** Collected attacks on sanitizers: each by itself, and all of a list as one page. */
    private static Stream<String> payloads() throws IOException {
        var single = Stream.of("dompurify/expect.json", "owasp-java-html-sanitizer/payloads.json")
                .flatMap(file -> JSON.readTree(SharedData.at("security/" + file).toFile())
                        .valueStream())
                .map(row -> row.path("payload").asString());
        try (var lists = Files.list(SharedData.at("security/payloadsallthethings/xss"))) {
            var pages = lists.map(list -> new String(SharedData.bytes(list), StandardCharsets.UTF_8))
                    .toList();
            return Stream.concat(single, pages.stream());
        }
    }

    @Test
    void itsFilesAreSavedAndNeverShownAsPages() throws IOException {
        try (var listener = Listener.open()) {
            var shop = shops.openWithMailbox();
            var files = hostileMail(shop, listener).stream()
                    .flatMap(ticket -> ticket.messages(1).stream())
                    .flatMap(entry -> entry.at("/message/attachments").valueStream())
                    .toList();
            assertThat(files).isNotEmpty();
            for (var file : files) {
                assertThat(file.path("url").asString()).startsWith(origins.content());
                var answer = shop.stranger().get(file.path("url").asString()).raw();
                var headers = answer.headers();
                assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(headers.firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(rules -> assertThat(rules).contains("sandbox", "default-src 'none'"));
                assertThat(headers.firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).doesNotContain("html", "svg", "xml"));
            }
        }
    }

    /** Sends every mail of the collection that carries a page or a picture. */
    private List<Conversation> hostileMail(TestShop shop, Listener listener) throws IOException {
        var mails = mails();
        for (var mail : mails) {
            post.send(bytes(mail, listener), shop.mailbox());
        }
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> shop.api().get("/mailboxes").ok().at("/items/0/health"),
                        health -> health.path("received").asInt() >= mails.size()
                                && health.path("waiting").asInt() == 0);
        return shop.api()
                .get("/tickets?view=all&limit=200")
                .ok()
                .path("items")
                .valueStream()
                .map(ticket -> new Conversation(shop, ticket.path("id").asString()))
                .toList();
    }

    /** The mail as it is, but that it is {@code listener} whom it wants to tell. */
    private static byte[] bytes(Path mail, Listener listener) {
        return new String(SharedData.bytes(mail), StandardCharsets.ISO_8859_1)
                .replaceAll("(https?:)?//(evil|t)\\.example", listener.url())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Path> mails() throws IOException {
        try (var files = Files.list(SharedData.at("security/own/mail"))) {
            return files.filter(
                            file -> KINDS.stream().anyMatch(file.getFileName().toString()::startsWith))
                    .sorted()
                    .toList();
        }
    }
}
