package org.relevo.channels;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a mailbox: an inbox of the e-mail channel. */
public record MailboxId(UUID value) implements Id {}
