package org.relevo.tickets;

import java.util.UUID;

/** Somebody wants a failed reply to be sent once more. Told inside the transaction. */
public record ReplyRetried(TicketId ticket, UUID message) {}
