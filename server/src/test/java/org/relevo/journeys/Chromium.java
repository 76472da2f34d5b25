package org.relevo.journeys;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The browser that all journeys share; {@code relevo.chromium} names another one than the system's. */
final class Chromium {

    private static final Path PROGRAM = Path.of(System.getProperty("relevo.chromium", "/usr/bin/chromium"));
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final int PATIENCE = 15_000;
    private static @Nullable Browser browser;

    private Chromium() {}

    /** Starts it once; journeys are skipped on a machine without it. */
    static Browser open() {
        assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not here; -Drelevo.chromium names a Chromium.");
        if (browser == null) {
            var playwright =
                    Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
            browser = playwright
                    .chromium()
                    .launch(new LaunchOptions().setExecutablePath(PROGRAM).setArgs(FLAGS));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return browser;
    }
}
