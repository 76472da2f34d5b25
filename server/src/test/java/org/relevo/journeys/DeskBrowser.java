package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.relevo.support.TestShops;

/** One person's browser at the desk. Watches what no page may do: report errors, or ask other servers for something. */
final class DeskBrowser implements AutoCloseable {

    private static final int PATIENCE = 20_000;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final AtomicInteger ENDED = new AtomicInteger();

    private final String url;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private DeskBrowser(String url, BrowserContext context) {
        this.url = url;
        this.context = context;
        context.setDefaultTimeout(PATIENCE);
        context.onRequest(request -> requests.add(request.url()));
        context.onPage(this::watch);
        this.page = context.newPage();
    }

    /** A browser in Madrid that speaks {@code language}. */
    static DeskBrowser in(String language, String url) {
        return new DeskBrowser(url, Chromium.open().newContext(options(language)));
    }

    /** A browser that does not heed the rules (CSP) that a server sends along with its pages. */
    static DeskBrowser unguarded(String url) {
        return new DeskBrowser(url, Chromium.open().newContext(options("en").setBypassCSP(true)));
    }

    static NewContextOptions options(String language) {
        return new NewContextOptions()
                .setLocale(language)
                .setTimezoneId("Europe/Madrid")
                .setViewportSize(1440, 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setAcceptDownloads(true);
    }

    private void watch(Page opened) {
        opened.onConsoleMessage(message -> {
            if ("error".equals(message.type()) && !expected(message.text())) {
                errors.add(message.text());
            }
        });
        opened.onPageError(errors::add);
        opened.onDialog(dialog -> {
            errors.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** The browser itself reports each answer that is a problem, and each request without connection. */
    private static boolean expected(String text) {
        return text.startsWith("Failed to load resource:") || text.contains("WebSocket connection to");
    }

    DeskBrowser go(String path) {
        page.navigate(path.startsWith("http") ? path : url + path);
        return this;
    }

    /** Signs in as an English-speaking person; the desk then speaks the person's language. */
    DeskBrowser signIn(String email) {
        go("/");
        field(Pattern.compile("Email|Correo")).fill(email);
        field(Pattern.compile("Password|Contraseña")).fill(TestShops.PASSWORD);
        button(Pattern.compile("^(Sign in|Entrar)$")).click();
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .isVisible();
        assertThat(page.getByRole(AriaRole.MAIN)).not().containsText("Password");
        page.waitForURL(Pattern.compile("https?://[^/]+/(inbox|setup).*")); // not /sign-in?next=/inbox
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Another tab of the same browser. */
    Page newTab() {
        return context.newPage();
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name))
                .first();
    }

    Locator button(Pattern name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name))
                .first();
    }

    Locator field(String name) {
        return page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(name))
                .first();
    }

    Locator field(Pattern label) {
        return page.getByLabel(label).first();
    }

    Locator labelled(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .first();
    }

    /** A row of the list, by what it reads. */
    Locator row(String words) {
        return page.getByRole(AriaRole.OPTION, new GetByRoleOptions().setName(words))
                .first();
    }

    Locator messages() {
        return page.getByRole(AriaRole.LOG);
    }

    Locator composer() {
        return page.locator("textarea");
    }

    Locator alert(String words) {
        return page.getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText(words))
                .first();
    }

    Locator text(String words) {
        return page.getByText(words).first();
    }

    FrameLocator mailFrame() {
        return page.frameLocator("iframe").first();
    }

    DeskBrowser press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
        return this;
    }

    DeskBrowser type(String words) {
        page.keyboard().type(words);
        return this;
    }

    /** Whatever has the focus, as the page names it. */
    String focused() {
        return String.valueOf(
                page.evaluate(
                        "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"));
    }

    DeskBrowser dark() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        return this;
    }

    DeskBrowser light() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return this;
    }

    DeskBrowser width(int pixels) {
        page.setViewportSize(pixels, pixels < 720 ? 844 : 900);
        return this;
    }

    /** A picture of the state, for people to look at. */
    DeskBrowser shot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        return this;
    }

    /** Addresses that were asked for and are neither the desk's nor the content's. */
    List<String> requestsTo(String... ours) {
        return requests.stream()
                .filter(asked -> asked.startsWith("http"))
                .filter(asked -> List.of(ours).stream().noneMatch(asked::startsWith))
                .toList();
    }

    /** Ends the journey: nothing may have gone wrong on the way that nobody saw. */
    @Override
    public void close() {
        shot("end-" + ENDED.incrementAndGet());
        context.close();
        assertThat(errors).as("what the console reported").isEmpty();
    }
}
