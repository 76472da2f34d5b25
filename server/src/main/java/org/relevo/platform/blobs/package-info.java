/** Content-addressed files. */
@NullMarked
package org.relevo.platform.blobs;

import org.jspecify.annotations.NullMarked;
