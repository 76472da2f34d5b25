@NullMarked
package org.relevo.platform;

import org.jspecify.annotations.NullMarked;
