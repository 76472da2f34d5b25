package org.relevo.platform.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, told with ids only: whoever hears it asks for the rest, and gets what they may see.
 *
 * @param kind what it is about: {@code ticket}, {@code mailbox}, {@code shop}, {@code people}
 * @param subject the id of that thing
 * @param entry the timeline entry that tells it, if there is one
 * @param entryKind the kind of that entry, or {@code delivery} for news about a sent message
 * @param actor the person who did it, if a person did
 */
public record Event(
        String kind,
        UUID subject,
        @Nullable UUID entry,
        @Nullable String entryKind,
        @Nullable UUID actor) {

    public static Event about(String kind, UUID subject) {
        return new Event(kind, subject, null, null, null);
    }
}
