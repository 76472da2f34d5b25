package org.relevo.orders.imports;

import java.util.List;
import org.relevo.orders.ImportReport.Rejection;
import org.relevo.orders.NewOrder;

/** What a document holds: the orders without fault, and everything that is wrong with the others. */
public record ReadOrders(List<NewOrder> orders, List<Rejection> rejected) {}
