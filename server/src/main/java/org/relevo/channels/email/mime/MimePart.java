package org.relevo.channels.email.mime;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a mail: where it stands in the source and what its header says. It has children, or it has content.
 *
 * @param from where its content begins in {@code source}
 * @param to where its content ends
 */
record MimePart(Headers headers, ContentType type, byte[] source, int from, int to, List<MimePart> children) {

    private static final int LONGEST_ID = 400;

    /** What a part says about how it wants to be shown (RFC 2183). */
    enum Disposition {
        ATTACHMENT,
        INLINE,
        UNSAID
    }

    static MimePart leaf(Headers headers, ContentType type, byte[] content) {
        return new MimePart(headers, type, content, 0, content.length, List.of());
    }

    boolean isMultipart() {
        return !children.isEmpty();
    }

    MimePart as(ContentType other) {
        return new MimePart(headers, other, source, from, to, children);
    }

    /** Its bytes, decoded. */
    byte[] content() {
        return encoding().decode(source, from, to);
    }

    /** Its bytes as they stand in the mail. */
    byte[] raw() {
        return Arrays.copyOfRange(source, from, to);
    }

    TransferEncoding encoding() {
        return headers.first("Content-Transfer-Encoding")
                .map(TransferEncoding::named)
                .orElse(TransferEncoding.NONE);
    }

    Disposition disposition() {
        return switch (dispositionField().value().toLowerCase(Locale.ROOT)) {
            case "attachment" -> Disposition.ATTACHMENT;
            case "inline" -> Disposition.INLINE;
            default -> Disposition.UNSAID;
        };
    }

    Parameters dispositionField() {
        return Parameters.of(headers.first("Content-Disposition").orElse(""));
    }

    boolean isAttachment() {
        return disposition() == Disposition.ATTACHMENT;
    }

    /** Its id without angle brackets (RFC 2392). */
    @Nullable
    String contentId() {
        return bounded(headers.first("Content-ID").map(id -> id.replaceAll("^[<\\s]+|[>\\s]+$", "")));
    }

    @Nullable
    String contentLocation() {
        return bounded(headers.first("Content-Location").map(url -> url.replaceAll("\\s+", "")));
    }

    private static @Nullable String bounded(Optional<String> text) {
        return text.filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID).orElse(null);
    }
}
