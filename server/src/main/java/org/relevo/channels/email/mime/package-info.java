/** What stands in a mail: its parts, headers, addresses and texts, whatever its charset or its faults (RFC 5322, 2045 to 2047). */
@NullMarked
package org.relevo.channels.email.mime;

import org.jspecify.annotations.NullMarked;
