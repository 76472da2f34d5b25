package org.relevo.orders.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.relevo.orders.NewOrder;
import org.relevo.orders.Order;

/** An order that grows line by line. What belongs to the whole order stands in its first line; later ones may repeat it. */
final class SheetOrder {

    private static final List<String> OF_THE_ORDER = List.of(
            "placed_at", "status", "currency", "total", "customer_name", "email", "phone", "address", "payment", "url");
    private static final Order.Shipment NONE = new Order.Shipment(null, null, null, null, List.of());

    private final SheetColumns.Row first;
    private final int firstLine;
    private final Currency currency;
    private final NewOrder head;
    private final List<Order.Line> lines = new ArrayList<>();
    private final Set<Order.Shipment> shipments = new LinkedHashSet<>();
    private boolean spoiled;

    SheetOrder(SheetColumns.Row row, FieldReader fields, Instant now) {
        first = row;
        firstLine = fields.line();
        currency = fields.currency("currency", row.get("currency"));
        head = new NewOrder(
                row.get("number"),
                row.get("number"),
                fields.status("status", row.get("status")),
                fields.moment("placed_at", row.get("placed_at")),
                now,
                fields.amount("total", row.get("total"), currency),
                null,
                fields.optional("payment", row.get("payment")),
                fields.link("url", row.get("url")),
                fields.required("customer_name", row.get("customer_name")),
                fields.email("email", row.get("email")),
                fields.optional("phone", row.get("phone")),
                fields.optional("address", row.get("address")),
                List.of(),
                List.of());
    }

    /** Rejects what a later line says otherwise about the whole order. */
    void compare(SheetColumns.Row row, FieldReader fields) {
        OF_THE_ORDER.stream()
                .filter(column -> !row.get(column).isEmpty() && !row.get(column).equals(first.get(column)))
                .forEach(column -> fields.reject(column, "import-differs", String.valueOf(firstLine)));
    }

    void add(SheetColumns.Row row, FieldReader fields) {
        lines.add(new Order.Line(
                fields.required("line_name", row.get("line_name")),
                fields.optional("line_variant", row.get("line_variant")),
                fields.optional("line_sku", row.get("line_sku")),
                fields.quantity("line_quantity", row.get("line_quantity")),
                fields.amount("line_total", row.get("line_total"), currency),
                null));
        var shipment = shipment(row, fields);
        if (!shipment.equals(NONE)) {
            shipments.add(shipment);
        }
    }

    private static Order.Shipment shipment(SheetColumns.Row row, FieldReader fields) {
        return new Order.Shipment(
                fields.optional("carrier", row.get("carrier")),
                fields.optional("tracking", row.get("tracking")),
                fields.link("tracking_url", row.get("tracking_url")),
                fields.optionalDay("promised_on", row.get("promised_on")),
                List.of());
    }

    void spoil() {
        spoiled = true;
    }

    boolean spoiled() {
        return spoiled;
    }

    NewOrder order() {
        return new NewOrder(
                head.externalId(),
                head.number(),
                head.status(),
                head.placedAt(),
                head.changedAt(),
                head.total(),
                head.refunded(),
                head.payment(),
                head.url(),
                head.customerName(),
                head.email(),
                head.phone(),
                head.address(),
                List.copyOf(lines),
                List.copyOf(shipments));
    }
}
