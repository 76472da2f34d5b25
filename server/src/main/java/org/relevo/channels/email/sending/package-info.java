/** What is said in a mail that we send and by whom: header values that cannot break out, senders, signatures of text and domain. */
@NullMarked
package org.relevo.channels.email.sending;

import org.jspecify.annotations.NullMarked;
