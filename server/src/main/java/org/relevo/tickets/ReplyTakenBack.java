package org.relevo.tickets;

import java.util.UUID;

/** A reply is not to be sent after all. Told inside the transaction; the sender vetoes by throwing, if it is too late. */
public record ReplyTakenBack(TicketId ticket, UUID message) {}
