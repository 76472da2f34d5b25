@NullMarked
package org.relevo.orders;

import org.jspecify.annotations.NullMarked;
