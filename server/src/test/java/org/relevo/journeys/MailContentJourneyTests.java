package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.relevo.platform.RelevoOrigins;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;

/** What mails carry: shown as their sender dressed it. */
@RelevoTest
class MailContentJourneyTests {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final TestShops shops;
    private final RelevoOrigins origins;
    private final Post post;

    MailContentJourneyTests(TestShops shops, RelevoOrigins origins) {
        this.shops = shops;
        this.origins = origins;
        this.post = new Post(shops.office());
    }

    @Test
    void picturesAndFilesGoBothWays() {
        var shop = shops.openWithMailbox();
        var ana = Customer.named("Ana Ruiz", shop, post);
        ana.sends("Broken lamp", aMailWithAPictureAndAFile());
        try (var desk = DeskBrowser.in("en", shop.url()).signIn("owner@" + shop.domain())) {
            desk.row("Broken lamp").click();
            assertThat(desk.mailFrame().locator("b")).hasText("Look at this");
            assertThat(desk.page().locator("iframe").getAttribute("src")).startsWith(origins.content() + "/content/");
            assertThat(desk.page().locator("iframe"))
                    .hasAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
            await().until(() -> Boolean.TRUE.equals(
                    desk.mailFrame().locator("img").evaluate("image => image.complete && image.naturalWidth > 0")));
            desk.shot("html-mail");

            var file = desk.page().getByLabel("Open invoice.txt").getAttribute("href");
            var answer = desk.context().request().get(file);
            assertThat(answer.headers())
                    .containsEntry("x-content-type-options", "nosniff")
                    .hasEntrySatisfying(
                            "content-disposition", value -> assertThat(value).startsWith("attachment"))
                    .hasEntrySatisfying(
                            "content-security-policy",
                            value -> assertThat(value).contains("sandbox"));
            assertThat(answer.text()).contains("Total 64.90");

            desk.page()
                    .locator("input[type=file]")
                    .setInputFiles(new FilePayload(
                            "label.txt", "text/plain", "Return label".getBytes(StandardCharsets.UTF_8)));
            assertThat(desk.button("Remove label.txt")).isVisible();
            desk.composer().fill("Here is the label.");
            desk.composer().press("Control+Enter");
            assertThat(ana.reads(1).getFirst()).contains("Here is the label.", "label.txt");
        }
    }

    private static String aMailWithAPictureAndAFile() {
        return """
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/related; boundary=inner

                --inner
                Content-Type: text/html; charset=utf-8

                <p><b>Look at this</b></p><table><tr><td><img src="cid:photo" width="40"></td></tr></table>
                --inner
                Content-Type: image/png; name=photo.png
                Content-ID: <photo>
                Content-Transfer-Encoding: base64
                Content-Disposition: inline; filename=photo.png

                %s
                --inner--
                --outer
                Content-Type: text/plain; name=invoice.txt
                Content-Disposition: attachment; filename=invoice.txt

                Total 64.90
                --outer--
                """.formatted(PIXEL);
    }
}
