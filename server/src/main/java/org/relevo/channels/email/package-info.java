@NullMarked
package org.relevo.channels.email;

import org.jspecify.annotations.NullMarked;
