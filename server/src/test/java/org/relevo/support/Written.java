package org.relevo.support;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the build writes and people review: out of date, they are written again and the test says so. */
public final class Written {

    private Written() {}

    /** Compares the file at {@code path}, from the repository's root, with what it should say. */
    public static void says(String path, String content) {
        var file = Path.of("..").resolve(path);
        try {
            if (Files.exists(file) && Files.readString(file).equals(content)) {
                return;
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fail(path + " was out of date and has been written again; review and commit it.");
    }
}
