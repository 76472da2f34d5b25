package org.relevo.platform.events;

import org.relevo.platform.ProblemException;

/** A place in a workspace's events. Events are ordered by the transaction that wrote them, then by their number. */
public record EventCursor(long transaction, long number) {

    /**
     * Reads a cursor that {@link #text()} wrote.
     *
     * @throws ProblemException {@code cursor-unknown} if the text is not one
     */
    public static EventCursor read(String text) {
        var dash = text.indexOf('-');
        try {
            return new EventCursor(
                    Long.parseLong(text.substring(0, Math.max(dash, 0))), Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new ProblemException("cursor-unknown", 400, e);
        }
    }

    public String text() {
        return transaction + "-" + number;
    }
}
