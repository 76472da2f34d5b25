/** One WebSocket per browser: what happened, by id, resumed from a cursor without gaps or doubles. */
@NullMarked
package org.relevo.tickets.live;

import org.jspecify.annotations.NullMarked;
