package org.relevo.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Mails and payloads that others wrote. They live beside the repository, not in it; {@code relevo.shared} names their folder. */
public final class SharedData {

    private SharedData() {}

    /** A folder or a file of the collection; a test that needs it is skipped where it is missing. */
    public static Path at(String path) {
        var found = Path.of(System.getProperty("relevo.shared", "../../shared/data"))
                .resolve(path);
        assumeTrue(Files.exists(found), "Needs " + found + "; -Drelevo.shared names the folder of the shared data.");
        return found;
    }

    /** Every mail of every collection, in a fixed order. */
    public static List<Path> mails() {
        at("mail");
        try (var files = Files.walk(at("."))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(eml|msg|eml\\.gz)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a file, unpacked if it is packed. */
    public static byte[] bytes(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            return file.toString().endsWith(".gz") ? unpacked(bytes) : bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return stream.readAllBytes();
        }
    }
}
