@NullMarked
package org.relevo.orders.web;

import org.jspecify.annotations.NullMarked;
