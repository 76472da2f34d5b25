package org.relevo.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connected shop.
 *
 * @param problem the slug of what goes wrong, while {@link ShopState#FAILING}
 * @param syncedAt when a round of fetching last ended well
 * @param orders how many of its orders we have
 */
public record Shop(
        ShopId id,
        ShopKind kind,
        String name,
        @Nullable String url,
        ShopState state,
        @Nullable String problem,
        @Nullable Instant syncedAt,
        long orders) {}
