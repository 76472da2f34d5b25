@NullMarked
package org.relevo.tickets.domain;

import org.jspecify.annotations.NullMarked;
