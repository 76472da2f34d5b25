package org.relevo.tickets;

import java.time.Instant;
import java.util.UUID;

/** A reply that has not left is to leave at another time. Told inside the transaction; the sender vetoes by throwing. */
public record ReplyRescheduled(TicketId ticket, UUID message, Instant sendAt) {}
