package org.relevo;

import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relevo.support.Written;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The packages are the modules, and they call each other in one direction. */
class ModularityTests {

    private final ApplicationModules modules = ApplicationModules.of(Relevo.class);

    @Test
    void modulesKeepToTheirBorders() {
        modules.verify();
    }

    @Test
    void theDiagramShowsTheModulesAsTheyAre() {
        var arrows = modules.stream()
                .sorted(Comparator.comparing(ModularityTests::name))
                .flatMap(module -> module.getDirectDependencies(modules)
                        .uniqueModules()
                        .filter(other -> !"platform".equals(name(other)))
                        .map(other -> "    " + name(module) + " --> " + name(other)))
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"));

        Written.says("docs/reference/modules.md", """
                # Modules

                Written by `ModularityTests` from the code; every module may also use `platform`.

                ```mermaid
                flowchart TD
                %s
                ```
                """.formatted(arrows));
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
