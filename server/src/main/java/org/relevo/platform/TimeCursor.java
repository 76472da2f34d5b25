package org.relevo.platform;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A place in a list ordered by time and id, as an opaque text for URLs. */
public record TimeCursor(Instant at, UUID id) {

    /**
     * Reads a cursor that {@link #text()} wrote.
     *
     * @throws ProblemException {@code cursor-unknown} if the text is not one
     */
    public static TimeCursor read(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 3);
            return new TimeCursor(
                    Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
                    UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new ProblemException("cursor-unknown", 400, e);
        }
    }

    public String text() {
        var plain = at.getEpochSecond() + " " + at.getNano() + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
}
