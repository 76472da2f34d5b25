/** A mail as RELEVO understands it, all rules together; the server takes mail in by it and the operator's tool prints it. */
@NamedInterface("reading")
@NullMarked
package org.relevo.channels.email.reading;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
