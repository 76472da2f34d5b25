/**
 * The e-mail channel: mailboxes read by IMAP from a cursor, mail parsed with Mime4j after it is stored, threads, and replies
 * sent by SMTP from the outbound store.
 */
@NamedInterface("email")
@NullMarked
package org.relevo.channels.email;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
