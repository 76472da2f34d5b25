/** Work that must not be lost. */
@NullMarked
package org.relevo.platform.jobs;

import org.jspecify.annotations.NullMarked;
