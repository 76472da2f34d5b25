/** The connector to WooCommerce shops, through version 3 of their REST API. */
@NullMarked
package org.relevo.orders.woocommerce;

import org.jspecify.annotations.NullMarked;
