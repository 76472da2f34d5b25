/**
 * The fictional shop Tienda Aurora, for trying RELEVO out: a built-in mail server, people, orders and conversations that
 * really travel by mail. Off unless {@code relevo.demonstration.enabled}. Uses the other modules as any caller would.
 */
@ApplicationModule(
        displayName = "Demonstration",
        allowedDependencies = {"platform", "access", "customers", "orders", "tickets", "channels", "channels :: email"})
@NullMarked
package org.relevo.demonstration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
