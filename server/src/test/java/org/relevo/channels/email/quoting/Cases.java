package org.relevo.channels.email.quoting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Our own cases, in a text file: {@code ===} begins a case, {@code ---} what is expected of it. */
record Cases(String name, String mail, String expected) {

    static Stream<Cases> in(String file) {
        return Arrays.stream(read(file).split("(?m)^=== ")).skip(1).map(Cases::of);
    }

    /** The lines of a table that are not remarks. */
    static Stream<String> lines(String file) {
        return read(file).lines().filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    private static Cases of(String text) {
        var name = text.substring(0, text.indexOf('\n'));
        var line = text.lastIndexOf("\n---\n");
        return new Cases(
                name,
                text.substring(name.length() + 1, line),
                text.substring(line + 5).strip());
    }

    private static String read(String file) {
        try (var stream = Cases.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
