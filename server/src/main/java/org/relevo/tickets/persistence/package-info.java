@NullMarked
package org.relevo.tickets.persistence;

import org.jspecify.annotations.NullMarked;
