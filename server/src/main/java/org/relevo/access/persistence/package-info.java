@NullMarked
package org.relevo.access.persistence;

import org.jspecify.annotations.NullMarked;
