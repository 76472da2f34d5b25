package org.relevo.channels.inbound;

import java.util.UUID;

/** A person wants a quarantined mail to be asked for once more; heard by whoever reads the mailbox. */
public record FetchAgain(UUID mailbox, Place place) {}
