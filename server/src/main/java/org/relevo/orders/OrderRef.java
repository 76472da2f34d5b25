package org.relevo.orders;

/** An order, as others name it. */
public record OrderRef(OrderId id, String number, OrderStatus status) {}
