/** What tests are built from: an installation of their own, shops in it, people who use the API, a mail server. */
@NullMarked
package org.relevo.support;

import org.jspecify.annotations.NullMarked;
