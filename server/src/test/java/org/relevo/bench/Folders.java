package org.relevo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import org.relevo.platform.Secrets;

/** Where benches keep their data: below {@code target/bench}. */
final class Folders {

    private Folders() {}

    static Path kept(String name) throws IOException {
        return Files.createDirectories(Path.of("target/bench").resolve(name)).toAbsolutePath();
    }

    /** Changes with every migration: data of another structure is of no use. */
    static String structure() throws IOException {
        try (var found = Files.walk(Path.of("src/main/resources/db/migration"))) {
            var scripts = new StringBuilder();
            for (var script : found.filter(Files::isRegularFile).sorted().toList()) {
                scripts.append(Files.readString(script));
            }
            return HexFormat.of().formatHex(Secrets.digest(scripts.toString()));
        }
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
