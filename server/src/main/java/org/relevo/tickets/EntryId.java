package org.relevo.tickets;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names an entry of a ticket's timeline. */
public record EntryId(UUID value) implements Id {}
