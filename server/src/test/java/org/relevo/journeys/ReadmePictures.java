package org.relevo.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the pictures of the README from a demonstration that runs: {@code -Dtest=ReadmePictures
 * -Drelevo.demonstration=http://localhost:8080}.
 */
@EnabledIfSystemProperty(named = "relevo.demonstration", matches = "http.*")
class ReadmePictures {

    private static final Path IMAGES = Path.of("../docs/images");

    @Test
    void ofTheInbox() {
        try (var desk = DeskBrowser.in("es", System.getProperty("relevo.demonstration"))) {
            desk.go("/").labelled("Correo").fill("lucia@tienda-aurora.example");
            desk.labelled("Contraseña").fill("aurora-2026");
            desk.press("Enter");
            assertThat(desk.row("Lámpara Alba sin entregar")).isVisible();
            desk.row("Lámpara Alba sin entregar").click();
            assertThat(desk.page().getByRole(com.microsoft.playwright.options.AriaRole.COMPLEMENTARY))
                    .containsText("AU-20418");
            desk.page().mouse().move(700, 880);
            assertThat(desk.messages()).containsText("no tengo plan B");
            desk.light().page().screenshot(new ScreenshotOptions().setPath(IMAGES.resolve("inbox.png")));
            desk.button("Cambiar tema").click();
            desk.page().mouse().move(700, 880);
            desk.page().screenshot(new ScreenshotOptions().setPath(IMAGES.resolve("inbox-dark.png")));
            desk.button("Cambiar tema").click();
        }
    }
}
