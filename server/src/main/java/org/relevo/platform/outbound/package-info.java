/** Calls to addresses that somebody typed: bounded in time and size, and never into our own network. */
@NullMarked
package org.relevo.platform.outbound;

import org.jspecify.annotations.NullMarked;
