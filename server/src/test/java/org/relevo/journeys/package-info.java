/** What a person does from beginning to end, through a real browser on a running server. */
@NullMarked
package org.relevo.journeys;

import org.jspecify.annotations.NullMarked;
