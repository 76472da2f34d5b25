/** The order of record and its doorbell. */
@NullMarked
package org.relevo.platform.events;

import org.jspecify.annotations.NullMarked;
