/**
 * Our own SMTP receiver (RFC 5321), for shops that forward their mail instead of letting us read it. It takes mail for the
 * mailboxes that are forwarded, and passes nothing on.
 */
@NullMarked
package org.relevo.channels.email.smtp;

import org.jspecify.annotations.NullMarked;
