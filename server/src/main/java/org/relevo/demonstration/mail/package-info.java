/**
 * The demonstration's own mail server. It speaks real SMTP and IMAP on loopback, keeps every mail it has accepted, and
 * never sends anything elsewhere. {@link org.relevo.demonstration.mail.PostOffice} is all that others need.
 */
@NullMarked
package org.relevo.demonstration.mail;

import org.jspecify.annotations.NullMarked;
