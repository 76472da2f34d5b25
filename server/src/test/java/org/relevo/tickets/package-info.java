@NullMarked
package org.relevo.tickets;

import org.jspecify.annotations.NullMarked;
