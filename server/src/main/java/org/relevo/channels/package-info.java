/**
 * How messages come and go: the inbound store (raw first, then parsed), the outbound store (retries, a visible end), and
 * one adapter per channel. Owns the schema {@code channels}. Hears {@link org.relevo.tickets.ReplyWritten}; may call
 * access, customers, orders, tickets and the platform.
 */
@ApplicationModule(
        displayName = "Channels",
        allowedDependencies = {"platform", "access", "customers", "orders", "tickets"})
@NullMarked
package org.relevo.channels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
