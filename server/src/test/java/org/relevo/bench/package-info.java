/** The benches behind {@code bin/bench}: each starts a RELEVO of its own, drives it from outside and prints figures. */
@NullMarked
package org.relevo.bench;

import org.jspecify.annotations.NullMarked;
