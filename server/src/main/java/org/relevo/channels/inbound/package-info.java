/** The inbound store: what arrived, raw and committed before it is acknowledged, and what became of it. */
@NullMarked
package org.relevo.channels.inbound;

import org.jspecify.annotations.NullMarked;
