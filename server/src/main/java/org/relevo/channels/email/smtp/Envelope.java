package org.relevo.channels.email.smtp;

import java.util.List;

/**
 * What is said about a mail before it comes (RFC 5321, 2.3.1).
 *
 * @param sender the return path; empty for a bounce
 * @param hello the name that its bringer gave itself
 * @param bringer its address
 * @param protocol as in Received fields: SMTP, ESMTP or ESMTPS (RFC 3848)
 */
record Envelope(String sender, List<Recipient> recipients, String hello, String bringer, String protocol) {}
