package org.relevo.channels.email.mime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The header fields of a mail, in their order: unfolded, raw 8-bit text decoded, encoded words left as they are. */
public record Headers(List<Field> fields) {

    /** A field. Its name is as written. */
    public record Field(String name, String body) {}

    public static final Headers NONE = new Headers(List.of());

    /** The topmost field called {@code name}, in whatever case. */
    public Optional<String> first(String name) {
        return called(name).findFirst();
    }

    /** Every field called {@code name}, topmost (the newest hop) first. */
    public List<String> all(String name) {
        return called(name).toList();
    }

    private Stream<String> called(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::body);
    }

    /** The text of the topmost field called {@code name} with its encoded words decoded; empty when there is none. */
    public String text(String name) {
        return first(name).map(EncodedWords::decode).orElse("");
    }
}
