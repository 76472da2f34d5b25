/** What of a mail its sender wrote now, and what they only carry along: quoted history, signatures, forwarded mails. */
@NullMarked
package org.relevo.channels.email.quoting;

import org.jspecify.annotations.NullMarked;
