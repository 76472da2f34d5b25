package org.relevo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where benches keep their data: below {@code target/bench}. */
final class Folders {

    private Folders() {}

    static Path kept(String name) throws IOException {
        return Files.createDirectories(Path.of("target/bench").resolve(name)).toAbsolutePath();
    }

    /** An empty folder; what an earlier run left in it is gone. */
    static Path fresh(String name) throws IOException {
        var folder = kept(name);
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        return kept(name);
    }
}
