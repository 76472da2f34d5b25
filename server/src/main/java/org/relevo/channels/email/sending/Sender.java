package org.relevo.channels.email.sending;

import java.util.UUID;
import org.relevo.channels.MailboxId;

/**
 * As whom a mailbox sends: one of its addresses under the name of a brand.
 *
 * @param signature what stands below every text of it; may hold variables; empty for nothing
 * @param usual whether it is taken when nothing says otherwise
 */
public record Sender(UUID id, MailboxId mailbox, String address, String name, String signature, boolean usual) {}
