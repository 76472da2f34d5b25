package org.relevo.orders.woocommerce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.NewOrder;
import org.relevo.orders.Order;
import org.relevo.orders.OrderStatus;
import org.relevo.orders.domain.Amounts;
import org.relevo.orders.domain.ShopAddress;
import org.relevo.platform.Money;
import tools.jackson.databind.JsonNode;

/**
 * An order of WooCommerce in our words. Extensions bend these documents in every way, so whatever is missing or odd is left
 * out; only an order without id, date or total is none.
 */
sealed interface WooCommerceOrder {

    /** An order. */
    record Kept(NewOrder order) implements WooCommerceOrder {}

    /** Not an order, not yet or no longer: a basket at the checkout, something in the bin. */
    record NotYetOne() implements WooCommerceOrder {}

    /** An order that we cannot read. */
    record Odd(String id) implements WooCommerceOrder {}

    /** Reads one order of the shop at {@code url}. */
    static WooCommerceOrder read(JsonNode order, String url) {
        var id = textOr(order, "id", "?");
        var status = text(order, "status");
        if (status == null || isNone(status)) {
            return status == null ? new Odd(id) : new NotYetOne();
        }
        var placedAt = instant(order, "date_created_gmt");
        var currency = Amounts.currency(textOr(order, "currency", ""));
        var total = currency.flatMap(known -> money(order, "total", known));
        if (!id.matches("\\d{1,18}") || placedAt == null || total.isEmpty()) {
            return new Odd(id);
        }
        var changedAt = instant(order, "date_modified_gmt");
        var billing = order.path("billing");
        return new Kept(new NewOrder(
                id,
                textOr(order, "number", id),
                status(status),
                placedAt,
                changedAt == null ? placedAt : changedAt,
                total.get(),
                refunded(order, total.get().currency()),
                Optional.ofNullable(text(order, "payment_method_title")).orElse(text(order, "payment_method")),
                url + "/wp-admin/post.php?post=" + id + "&action=edit",
                name(order),
                text(billing, "email"),
                text(billing, "phone"),
                address(order),
                lines(order, total.get().currency()),
                shipments(order)));
    }

    private static boolean isNone(String status) {
        return switch (status) {
            case "trash", "checkout-draft", "auto-draft", "draft" -> true;
            default -> false;
        };
    }

    /**
     * WooCommerce has no word for what happens after the shop: "completed" means that the shop has done its part, which
     * for goods is handing them to the carrier. So it is shipped here, and delivered only where an extension says so.
     */
    private static OrderStatus status(String status) {
        return switch (status) {
            case "pending" -> OrderStatus.AWAITING_PAYMENT;
            case "on-hold" -> OrderStatus.ON_HOLD;
            case "completed", "shipped", "partial-shipped" -> OrderStatus.SHIPPED;
            case "delivered" -> OrderStatus.DELIVERED;
            case "cancelled", "failed" -> OrderStatus.CANCELLED;
            case "refunded" -> OrderStatus.REFUNDED;
            default -> OrderStatus.PROCESSING;
        };
    }

    private static @Nullable Money refunded(JsonNode order, Currency currency) {
        var refunds = new ArrayList<BigDecimal>();
        for (var refund : order.path("refunds")) {
            money(refund, "total", currency)
                    .ifPresent(money -> refunds.add(money.amount().abs()));
        }
        return refunds.isEmpty()
                ? null
                : Amounts.money(refunds.stream().reduce(BigDecimal.ZERO, BigDecimal::add), currency);
    }

    private static String name(JsonNode order) {
        return Stream.of(order.path("billing"), order.path("shipping"))
                .flatMap(person ->
                        Stream.of(joined(person, " ", "first_name", "last_name"), textOr(person, "company", "")))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseGet(() -> textOr(order.path("billing"), "email", ""));
    }

    private static @Nullable String address(JsonNode order) {
        return Stream.of(order.path("shipping"), order.path("billing"))
                .filter(place ->
                        !joined(place, "", "address_1", "city", "postcode").isEmpty())
                .findFirst()
                .map(place -> Stream.of(
                                joined(place, ", ", "address_1", "address_2"),
                                joined(place, " ", "postcode", "city"),
                                joined(place, ", ", "state", "country"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")))
                .orElse(null);
    }

    private static String joined(JsonNode node, String between, String... fields) {
        return Stream.of(fields)
                .map(field -> textOr(node, field, ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(between));
    }

    private static List<Order.Line> lines(JsonNode order, Currency currency) {
        var lines = new ArrayList<Order.Line>();
        for (var line : order.path("line_items")) {
            var variant = variant(line);
            lines.add(new Order.Line(
                    product(line, variant),
                    variant,
                    text(line, "sku"),
                    quantity(line),
                    Amounts.money(amount(line, "total", currency).add(amount(line, "total_tax", currency)), currency),
                    ShopAddress.linkOrNull(text(line.path("image"), "src"))));
        }
        return lines;
    }

    /** A variation's name repeats its attributes ("T-shirt - M, red"); beside the variant the product's own is enough. */
    private static String product(JsonNode line, @Nullable String variant) {
        var parent = text(line, "parent_name");
        return plain(variant != null && parent != null ? parent : textOr(line, "name", "?"));
    }

    /** What the buyer chose: the line's properties, without those that shops keep for themselves. */
    private static @Nullable String variant(JsonNode line) {
        var chosen = new ArrayList<String>();
        for (var property : line.path("meta_data")) {
            var shown = Optional.ofNullable(text(property, "display_value")).orElse(text(property, "value"));
            if (shown != null && !textOr(property, "key", "_").startsWith("_")) {
                chosen.add(plain(shown));
            }
        }
        return chosen.isEmpty() ? null : String.join(", ", chosen);
    }

    private static int quantity(JsonNode line) {
        var quantity = line.path("quantity");
        return quantity.isNumber()
                ? quantity.decimalValue()
                        .max(BigDecimal.ZERO)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .setScale(0, RoundingMode.CEILING)
                        .intValue()
                : 1;
    }

    /** Parcels as the usual tracking extensions note them. */
    private static List<Order.Shipment> shipments(JsonNode order) {
        var shipments = new ArrayList<Order.Shipment>();
        for (var property : order.path("meta_data")) {
            if (!"_wc_shipment_tracking_items".equals(text(property, "key"))) {
                continue;
            }
            for (var parcel : property.path("value")) {
                var tracking = text(parcel, "tracking_number");
                if (tracking != null) {
                    shipments.add(new Order.Shipment(carrier(parcel), tracking, trackingUrl(parcel), null, List.of()));
                }
            }
        }
        return shipments;
    }

    private static @Nullable String carrier(JsonNode parcel) {
        return first(parcel, "formatted_tracking_provider", "custom_tracking_provider", "tracking_provider");
    }

    private static @Nullable String trackingUrl(JsonNode parcel) {
        return ShopAddress.linkOrNull(
                first(parcel, "formatted_tracking_link", "custom_tracking_link", "ast_tracking_link"));
    }

    private static @Nullable String first(JsonNode node, String... fields) {
        return Stream.of(fields)
                .map(field -> textOr(node, field, ""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static BigDecimal amount(JsonNode node, String field, Currency currency) {
        return money(node, field, currency).map(Money::amount).orElse(BigDecimal.ZERO);
    }

    private static Optional<Money> money(JsonNode node, String field, Currency currency) {
        return Amounts.read(textOr(node, field, ""), currency, false);
    }

    /** A time in GMT; absent when it is missing or not one. */
    static @Nullable Instant instant(JsonNode node, String field) {
        var text = textOr(node, field, "");
        try {
            return LocalDateTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Text or a number as text; absent when missing, blank or anything else. */
    private static @Nullable String text(JsonNode node, String field) {
        var text = textOr(node, field, "");
        return text.isEmpty() ? null : text;
    }

    private static String textOr(JsonNode node, String field, String otherwise) {
        var value = node.path(field);
        // PostgreSQL keeps no NUL in text
        var text = value.isString() || value.isNumber()
                ? value.asString().replace("\u0000", "").strip()
                : "";
        return text.isEmpty() ? otherwise : text;
    }

    /** Shops write names and properties in HTML. */
    private static String plain(String html) {
        return html.indexOf('<') < 0 && html.indexOf('&') < 0
                ? html
                : Jsoup.parse(html).text();
    }
}
