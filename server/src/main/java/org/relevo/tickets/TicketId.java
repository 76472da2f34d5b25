package org.relevo.tickets;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a ticket. People see its number instead. */
public record TicketId(UUID value) implements Id {}
