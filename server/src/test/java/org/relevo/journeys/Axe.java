package org.relevo.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a browser shows, wide and narrow, light and dark, and tells what shuts somebody out. */
final class Axe {

    private static final Path SCRIPT = Path.of("../frontend/node_modules/axe-core/axe.min.js");
    private static final String RUN = """
            async () => (await axe.run(document, {iframes: false})).violations.flatMap(rule =>
                rule.nodes.map(node => rule.id + ' ' + node.target.join(' ') + ': ' + node.failureSummary))
            """;

    private Axe() {}

    /** What is wrong with the page as it stands; the pictures of it are kept under {@code name}. */
    static List<String> finds(DeskBrowser desk, String name) {
        var found = new ArrayList<String>();
        for (var width : List.of(1440, 390)) {
            desk.width(width);
            for (var theme : List.of("light", "dark")) {
                var _ = "dark".equals(theme) ? desk.dark() : desk.light();
                desk.page().evaluate(script());
                var violations = (List<?>) desk.page().evaluate(RUN);
                violations.forEach(violation -> found.add(name + " " + width + " " + theme + ": " + violation));
                var sideways = desk.page().evaluate("() => document.documentElement.scrollWidth - innerWidth");
                if (((Number) sideways).intValue() > 0) {
                    found.add(name + " " + width + ": scrolls sideways by " + sideways);
                }
                desk.shot(name + "-" + width + "-" + theme);
            }
        }
        desk.light().width(1440);
        return found;
    }

    private static String script() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
