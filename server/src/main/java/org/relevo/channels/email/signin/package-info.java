/** Signing in to mailboxes by OAuth 2: the way through the provider's page, and tokens that are renewed in time. */
@NullMarked
package org.relevo.channels.email.signin;

import org.jspecify.annotations.NullMarked;
