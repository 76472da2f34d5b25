package org.relevo.orders;

import org.relevo.platform.Reason;

/** The order that a message is about, and why we think so. */
public record OrderMatch(OrderRef order, Reason reason) {}
