/** What every HTTP route shares: problems, typed ids in URLs, idempotent writes. */
@NullMarked
package org.relevo.platform.web;

import org.jspecify.annotations.NullMarked;
