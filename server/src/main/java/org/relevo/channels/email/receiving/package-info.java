/** Receiving: one reader at every mailbox, which stores what arrives before anything else happens to it. */
@NullMarked
package org.relevo.channels.email.receiving;

import org.jspecify.annotations.NullMarked;
