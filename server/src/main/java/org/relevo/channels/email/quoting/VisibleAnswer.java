package org.relevo.channels.email.quoting;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.quoting.Division.Part;

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

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    /**
     * Splits {@code text}, and {@code html} as it came if the mail had both. Linear in their length. Where the two disagree,
     * what an element of the HTML calls itself is believed more than what a line of the text looks like.
     */
    public static VisibleAnswer in(String text, @Nullable String html) {
        var plain = Division.of(Line.of(text));
        if (html == null || html.isBlank()) {
            return of(plain, html);
        }
        var body = HtmlBody.of(html);
        var rich = Division.of(body.lines());
        if (!rich.cutsAnything()) {
            return of(text.isBlank() ? rich : plain, html);
        }
        var same = same(plain.text(Part.REPLY), rich.text(Part.REPLY));
        var better = same || (plain.cutsAnything() && !body.marked()) ? plain : rich;
        return of(better, body.keeping(rich::keeps));
    }

    private static VisibleAnswer of(Division division, @Nullable String html) {
        return new VisibleAnswer(
                division.text(Part.REPLY), division.text(Part.QUOTED), division.text(Part.SIGNATURE), html);
    }

    /** The same words: the text has marks before the items of a list, the lines of the HTML have none. */
    private static boolean same(String one, String other) {
        return words(one).equals(words(other));
    }

    private static String words(String text) {
        return BETWEEN.matcher(Wordings.fold(text)).replaceAll("");
    }
}
