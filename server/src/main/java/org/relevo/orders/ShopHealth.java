package org.relevo.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the orders are: as fresh as the stalest shop.
 *
 * @param syncedAt when the stalest shop was last read whole; absent when no shop is fetched from
 * @param problem slug of what is wrong with a shop that fails
 */
public record ShopHealth(
        @Nullable Instant syncedAt, @Nullable String problem) {}
