/** Whether a mail's sender is who it says, as far as our own mail server vouches for it (RFC 8601). */
@NullMarked
package org.relevo.channels.email.trust;

import org.jspecify.annotations.NullMarked;
