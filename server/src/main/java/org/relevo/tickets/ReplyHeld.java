package org.relevo.tickets;

import java.util.UUID;

/** The customer wrote before a scheduled reply left: it waits until a person decides. Told inside the transaction. */
public record ReplyHeld(TicketId ticket, UUID message) {}
