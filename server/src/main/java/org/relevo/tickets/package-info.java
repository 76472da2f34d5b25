/**
 * Matters of customers: tickets, their messages and notes, the append-only timeline and its projection, views, drafts,
 * attachments. Owns the schema {@code tickets}. Offers {@link org.relevo.tickets.Tickets} to receive what channels
 * bring, and tells {@link org.relevo.tickets.ReplyWritten}; may call access, customers, orders and the platform.
 */
@ApplicationModule(
        displayName = "Tickets",
        allowedDependencies = {"platform", "access", "customers", "orders"})
@NullMarked
package org.relevo.tickets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
