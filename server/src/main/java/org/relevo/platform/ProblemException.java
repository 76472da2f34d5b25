package org.relevo.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broken rule, told to whoever asked (RFC 9457). The slug is stable and is what clients branch on; title and detail
 * are looked up in {@code texts/problems} under the slug, in the reader's language, with {@link #arguments()} filled in.
 */
public class ProblemException extends RuntimeException {

    /**
     * What is wrong with one field.
     *
     * @param pointer a JSON pointer (RFC 6901) into the request
     * @param code the key of the sentence in {@code texts/problems}
     */
    public record Field(String pointer, String code, Object... arguments) {}

    private final String slug;
    private final int status;
    private final List<Object> arguments;
    private List<Field> fields = List.of();

    public ProblemException(String slug, int status, Object... arguments) {
        this(slug, status, null, arguments);
    }

    public ProblemException(String slug, int status, @Nullable Throwable cause, Object... arguments) {
        super(slug, cause);
        this.slug = slug;
        this.status = status;
        this.arguments = List.of(arguments);
    }

    /** The same problem, with the fields that cause it. */
    public ProblemException with(List<Field> wrong) {
        fields = List.copyOf(wrong);
        return this;
    }

    /** A request whose field {@code pointer} is wrong as {@code code} says. */
    public static ProblemException invalid(String pointer, String code, Object... arguments) {
        return new ProblemException("invalid-request", 422).with(List.of(new Field(pointer, code, arguments)));
    }

    /** What was asked for does not exist, or not for whoever asks: the two are not told apart. */
    public static ProblemException notFound() {
        return new ProblemException("not-found", 404);
    }

    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    public List<Object> arguments() {
        return arguments;
    }

    public List<Field> fields() {
        return fields;
    }
}
