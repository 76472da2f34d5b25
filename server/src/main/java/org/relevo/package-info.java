/** RELEVO: every package below is one application module; see {@code ARCHITECTURE.md}. */
@NullMarked
package org.relevo;

import org.jspecify.annotations.NullMarked;
