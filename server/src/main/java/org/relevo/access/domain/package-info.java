@NullMarked
package org.relevo.access.domain;

import org.jspecify.annotations.NullMarked;
