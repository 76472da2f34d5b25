package org.relevo.tickets;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.ProblemException;

/**
 * A text prepared for replies.
 *
 * @param subject what it is about; replies keep the subject of their conversation
 * @param text may hold variables
 * @param language BCP 47, when it is for one language
 * @param sort where it stands in the list, from the top
 */
public record Template(
        UUID id,
        String name,
        @Nullable String subject,
        String text,
        @Nullable String language,
        int sort) {

    /** @throws ProblemException {@code invalid-request} if it names a variable that does not exist */
    public Template {
        name = name.strip();
        subject = blankAsNone(subject);
        language = blankAsNone(language);
        VariableText.of(text, "/text");
        VariableText.of(subject == null ? "" : subject, "/subject");
    }

    private static @Nullable String blankAsNone(@Nullable String words) {
        return words == null || words.isBlank() ? null : words.strip();
    }
}
