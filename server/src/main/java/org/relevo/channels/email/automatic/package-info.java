/** What machines send: automatic answers, lists, bulk, and reports about mail that did not arrive (RFC 3834, 3464, 5965). */
@NullMarked
package org.relevo.channels.email.automatic;

import org.jspecify.annotations.NullMarked;
