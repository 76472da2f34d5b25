/**
 * What was bought: shops and their connectors, orders, shipments. Owns the schema {@code orders}. Offers
 * {@link org.relevo.orders.Orders} and the port {@link org.relevo.orders.ShopConnector}; tells when an order arrives or
 * changes; may call access, customers and the platform.
 */
@ApplicationModule(
        displayName = "Orders",
        allowedDependencies = {"platform", "access", "customers"})
@NullMarked
package org.relevo.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
