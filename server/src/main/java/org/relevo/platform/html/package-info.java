/** HTML from outside, made harmless. */
@NullMarked
package org.relevo.platform.html;

import org.jspecify.annotations.NullMarked;
