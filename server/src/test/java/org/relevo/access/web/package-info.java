@NullMarked
package org.relevo.access.web;

import org.jspecify.annotations.NullMarked;
