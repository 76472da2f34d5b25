package org.relevo.channels.email.smtp;

import org.relevo.channels.MailboxId;
import org.relevo.platform.WorkspaceId;

/**
 * One for whom a mail is.
 *
 * @param address as it was said
 * @param secret whether it is a forwarding address, which only the shop's own server knows
 */
record Recipient(String address, WorkspaceId workspace, MailboxId mailbox, boolean secret) {}
