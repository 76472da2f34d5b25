package org.relevo.channels.email.mime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a part says it is (RFC 2045, 5).
 *
 * @param type in lower case; application/octet-stream when what is written is no type, text/plain when nothing is
 */
record ContentType(String type, Parameters parameters) {

    private static final Pattern WELL_FORMED = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,80}");
    private static final int LONGEST = 20_000;

    static final ContentType NONE = of("");

    static ContentType of(String field) {
        var parameters = Parameters.of(field.length() <= LONGEST ? field : field.substring(0, LONGEST));
        var written = parameters.value().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s]", "");
        return new ContentType(understood(written), parameters);
    }

    private static String understood(String written) {
        if (WELL_FORMED.matcher(written).matches()) {
            return written;
        }
        return switch (written) {
            case "", "text", "plain", "text/" -> "text/plain";
            case "html" -> "text/html";
            default -> "application/octet-stream";
        };
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    boolean isText() {
        return type.startsWith("text/");
    }

    @Nullable
    String charset() {
        return parameters.get("charset").orElse(null);
    }

    Optional<String> boundary() {
        return parameters.get("boundary");
    }

    Optional<String> parameter(String name) {
        return parameters.get(name);
    }
}
