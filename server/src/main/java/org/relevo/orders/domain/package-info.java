@NullMarked
package org.relevo.orders.domain;

import org.jspecify.annotations.NullMarked;
