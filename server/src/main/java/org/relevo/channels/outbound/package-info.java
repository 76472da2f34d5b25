/** The outbound store: everything that has to leave, until it has visibly ended as sent, failed, cancelled or uncertain. */
@NullMarked
package org.relevo.channels.outbound;

import org.jspecify.annotations.NullMarked;
