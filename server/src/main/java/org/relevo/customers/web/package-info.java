@NullMarked
package org.relevo.customers.web;

import org.jspecify.annotations.NullMarked;
