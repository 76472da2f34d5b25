package org.relevo.orders;

import org.jspecify.annotations.Nullable;

/**
 * An order came in or changed, in the running workspace; told inside the transaction that stored it.
 *
 * @param email the buyer's address in lower case
 */
public record OrderArrived(OrderRef order, @Nullable String email) {}
