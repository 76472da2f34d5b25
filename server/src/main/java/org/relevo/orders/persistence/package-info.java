@NullMarked
package org.relevo.orders.persistence;

import org.jspecify.annotations.NullMarked;
