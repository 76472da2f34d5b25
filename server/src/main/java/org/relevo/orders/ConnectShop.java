package org.relevo.orders;

import org.jspecify.annotations.Nullable;

/** The wish to connect a shop. */
public sealed interface ConnectShop {

    String name();

    ShopKind kind();

    /** A WooCommerce shop, with the key and secret of its REST API. */
    record WooCommerce(String name, ShopConnector.Access access) implements ConnectShop {
        @Override
        public ShopKind kind() {
            return ShopKind.WOOCOMMERCE;
        }
    }

    /** A shop of any kind, which pushes its orders or has them imported. */
    record Generic(String name, @Nullable String url) implements ConnectShop {
        @Override
        public ShopKind kind() {
            return ShopKind.GENERIC;
        }
    }
}
