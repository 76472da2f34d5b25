/** Reads orders from documents that shops and people write: JSON and CSV. */
@NullMarked
package org.relevo.orders.imports;

import org.jspecify.annotations.NullMarked;
