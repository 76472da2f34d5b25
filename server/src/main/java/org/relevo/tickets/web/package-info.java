@NullMarked
package org.relevo.tickets.web;

import org.jspecify.annotations.NullMarked;
