@NullMarked
package org.relevo.access;

import org.jspecify.annotations.NullMarked;
