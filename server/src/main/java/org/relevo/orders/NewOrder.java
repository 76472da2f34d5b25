package org.relevo.orders;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Money;

/**
 * An order as a connector brings it, valid and in our words.
 *
 * @param externalId the shop's own key for it; the number when it has none
 * @param changedAt when the shop last changed it: an older version never replaces a newer one
 */
public record NewOrder(
        String externalId,
        String number,
        OrderStatus status,
        Instant placedAt,
        Instant changedAt,
        Money total,
        @Nullable Money refunded,
        @Nullable String payment,
        @Nullable String url,
        String customerName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String address,
        List<Order.Line> lines,
        List<Order.Shipment> shipments) {}
