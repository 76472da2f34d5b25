package org.relevo.orders.imports;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.ImportReport.Rejection;
import org.relevo.orders.NewOrder;
import org.relevo.orders.Order;
import org.relevo.platform.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders as a JSON document: {@code {"orders": [...]}}, as {@code docs/guide/orders-import.md} describes it. Fields that it
 * does not know are left alone.
 */
public final class OrderDocument {

    private static final int MOST = 100_000;

    private final JsonMapper json;
    private final ZoneId zone;
    private final Instant now;

    /**
     * @param zone where times without an offset were noted
     * @param now when orders that do not say it changed
     */
    public OrderDocument(JsonMapper json, ZoneId zone, Instant now) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.zone = zone;
        this.now = now;
    }

    /**
     * Reads the whole document.
     *
     * @throws ProblemException {@code import-not-json}, {@code import-not-orders}, {@code import-too-long}
     */
    public ReadOrders read(String text) {
        var document = parse(text).path("orders");
        if (!document.isArray() || document.isEmpty()) {
            throw new ProblemException("import-not-orders", 422);
        }
        if (document.size() > MOST) {
            throw new ProblemException("import-too-long", 413, String.valueOf(MOST));
        }
        var orders = new ArrayList<NewOrder>();
        var rejected = new ArrayList<Rejection>();
        var seen = new HashMap<String, Integer>();
        for (var place = 1; place <= document.size(); place++) {
            var before = rejected.size();
            var order = order(document.get(place - 1), new FieldReader(place, false, zone, rejected), seen);
            if (rejected.size() == before) {
                orders.add(order);
            }
        }
        return new ReadOrders(orders, rejected);
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new ProblemException(
                    "import-not-json",
                    422,
                    e,
                    String.valueOf(at == null ? 1 : at.getLineNr()),
                    String.valueOf(at == null ? 1 : at.getColumnNr()));
        }
    }

    private NewOrder order(JsonNode order, FieldReader fields, Map<String, Integer> seen) {
        var number = fields.required("number", text(order, "number"));
        var externalId = Objects.requireNonNullElse(fields.optional("externalId", text(order, "externalId")), number);
        var earlier = seen.putIfAbsent(externalId, fields.line());
        if (earlier != null && !externalId.isEmpty()) {
            fields.reject("number", "import-twice", externalId, String.valueOf(earlier));
        }
        var placedAt = fields.moment("placedAt", text(order, "placedAt"));
        var updatedAt = fields.optionalMoment("updatedAt", text(order, "updatedAt"));
        var currency = fields.currency("currency", text(order, "currency"));
        fields.optionalAmount("shipping", text(order, "shipping"), currency);
        var customer = order.path("customer");
        return new NewOrder(
                externalId,
                number,
                fields.status("status", text(order, "status")),
                placedAt,
                updatedAt == null ? now : updatedAt,
                fields.amount("total", text(order, "total"), currency),
                fields.optionalAmount("refunded", text(order, "refunded"), currency),
                fields.optional("payment", text(order, "payment")),
                fields.link("url", text(order, "url")),
                fields.required("customer/name", text(customer, "name")),
                fields.email("customer/email", text(customer, "email")),
                fields.optional("customer/phone", text(customer, "phone")),
                fields.optional("address", text(order, "address")),
                lines(order, fields, currency),
                shipments(order, fields));
    }

    private static List<Order.Line> lines(JsonNode order, FieldReader fields, Currency currency) {
        var lines = new ArrayList<Order.Line>();
        if (!order.path("lines").isArray()) {
            fields.reject("lines", "import-list");
        }
        for (var line : order.path("lines")) {
            var path = "lines/" + lines.size() + "/";
            lines.add(new Order.Line(
                    fields.required(path + "name", text(line, "name")),
                    fields.optional(path + "variant", text(line, "variant")),
                    fields.optional(path + "sku", text(line, "sku")),
                    fields.quantity(path + "quantity", text(line, "quantity")),
                    fields.amount(path + "total", text(line, "total"), currency),
                    fields.link(path + "imageUrl", text(line, "imageUrl"))));
        }
        return lines;
    }

    private static List<Order.Shipment> shipments(JsonNode order, FieldReader fields) {
        var given = order.path("shipments");
        if (!given.isArray() && !given.isMissingNode() && !given.isNull()) {
            fields.reject("shipments", "import-list");
        }
        var shipments = new ArrayList<Order.Shipment>();
        for (var shipment : given) {
            var path = "shipments/" + shipments.size() + "/";
            shipments.add(new Order.Shipment(
                    fields.optional(path + "carrier", text(shipment, "carrier")),
                    fields.optional(path + "tracking", text(shipment, "tracking")),
                    fields.link(path + "trackingUrl", text(shipment, "trackingUrl")),
                    fields.optionalDay(path + "promisedOn", text(shipment, "promisedOn")),
                    steps(shipment, path, fields)));
        }
        return shipments;
    }

    private static List<Order.Step> steps(JsonNode shipment, String within, FieldReader fields) {
        var steps = new ArrayList<Order.Step>();
        for (var step : shipment.path("steps")) {
            var path = within + "steps/" + steps.size() + "/";
            steps.add(new Order.Step(
                    fields.optionalMoment(path + "at", text(step, "at")),
                    fields.required(path + "text", text(step, "text")),
                    fields.step(path + "state", text(step, "state"))));
        }
        return steps;
    }

    /** A text, or a number exactly as it was written; absent for anything else. */
    private static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isString() ? value.asString().replace("\u0000", "") : null;
    }
}
