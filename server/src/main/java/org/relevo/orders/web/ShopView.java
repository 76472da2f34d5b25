package org.relevo.orders.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.Shop;
import org.relevo.orders.ShopId;
import org.relevo.orders.ShopKind;
import org.relevo.orders.ShopState;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Texts;
import org.relevo.platform.Workspace;

/**
 * A shop as the desk shows it.
 *
 * @param problem what goes wrong and what to do about it, as a sentence
 * @param webhookUrl where the shop tells what changed; it signs with the secret that it was connected with
 * @param pushUrl where a program puts orders, with a token
 */
@Schema(name = "Shop")
record ShopView(
        ShopId id,
        ShopKind kind,
        String name,
        @Nullable String url,
        ShopState state,
        @Nullable String problem,
        @Nullable Instant syncedAt,
        long orders,
        @Nullable String webhookUrl,
        @Nullable String pushUrl) {

    static ShopView of(Shop shop, RelevoOrigins origins, Texts texts, Locale reader) {
        var id = shop.id().value();
        var generic = shop.kind() == ShopKind.GENERIC;
        return new ShopView(
                shop.id(),
                shop.kind(),
                shop.name(),
                shop.url(),
                shop.state(),
                shop.problem() == null ? null : texts.sentence(shop.problem() + ".detail", reader),
                shop.syncedAt(),
                shop.orders(),
                generic ? null : origins.desk() + "/hooks/woocommerce/" + Workspace.required() + "/" + id,
                generic ? origins.desk() + "/api/v1/shops/" + id + "/orders" : null);
    }
}
