/**
 * Tells a customer that their mail arrived, if the mailbox wants that, and never starts a loop with another machine
 * (RFC 3834).
 */
@NullMarked
package org.relevo.channels.email.acknowledging;

import org.jspecify.annotations.NullMarked;
