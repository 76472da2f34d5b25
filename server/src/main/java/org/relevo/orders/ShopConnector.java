package org.relevo.orders;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of shop that orders are fetched from. Each call is bounded in time and size, and fails in a named way. */
public interface ShopConnector {

    /** The kind that it speaks to, as stored: {@code woocommerce}. */
    String kind();

    /**
     * What a shop needs to be reached.
     *
     * @param url the shop's address, without a path of the API
     */
    record Access(String url, String key, String secret) {}

    /**
     * Some orders, oldest change first.
     *
     * @param next how to continue; {@code null} when there are no more
     */
    record Batch(List<NewOrder> orders, @Nullable String next) {}

    /** One thing that was tried and how it went. */
    record Step(
            String step,
            @Nullable Boolean ok,
            @Nullable Long millis,
            @Nullable String problem) {}

    /** Tries address, key and orders, one after the other, until one fails. */
    List<Step> check(Access access);

    /**
     * Orders changed at or after {@code since} (all when absent), from {@code next} on.
     *
     * @throws ShopUnreachableException if the shop does not answer as it should
     */
    Batch changed(Access access, @Nullable Instant since, @Nullable String next);

    /**
     * One order.
     *
     * @throws ShopUnreachableException if the shop does not answer as it should
     */
    NewOrder fetch(Access access, String externalId);
}
