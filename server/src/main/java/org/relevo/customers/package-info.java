/**
 * The people who buy: their addresses on every channel and what we call them. Owns the schema {@code customers}. Offers
 * {@link org.relevo.customers.Customers}; may call access and the platform.
 */
@ApplicationModule(
        displayName = "Customers",
        allowedDependencies = {"platform", "access"})
@NullMarked
package org.relevo.customers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
