package org.relevo.orders.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.orders.NewOrder;
import org.relevo.orders.OrderStatus;
import org.relevo.platform.Money;
import tools.jackson.databind.JsonNode;

class WooCommerceOrderTests {

    private static final String SHOP = "https://aurea.example";

    @Test
    void aRecordedOrderIsReadWhole() {
        var order = kept(Recordings.answer("GET", "/wp-json/wc/v3/orders/15", 200));

        assertThat(order.externalId()).isEqualTo("15");
        assertThat(order.number()).isEqualTo("15");
        assertThat(order.status()).isEqualTo(OrderStatus.PROCESSING);
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-22T14:07:08Z"));
        assertThat(order.total()).isEqualTo(Money.of("123.80", "EUR"));
        assertThat(order.refunded()).isNull();
        assertThat(order.payment()).isEqualTo("bacs");
        assertThat(order.url()).isEqualTo("https://aurea.example/wp-admin/post.php?post=15&action=edit");
        assertThat(order.customerName()).isEqualTo("José Núñez");
        assertThat(order.email()).isEqualTo("jose.nunez@example.com");
        assertThat(order.phone()).isEqualTo("+34 600 111 222");
        assertThat(order.address()).isEqualTo("C/ Mayor 1, 2º B, 28801 Alcalá de Henares, ES");
        assertThat(order.lines()).hasSize(2);
        assertThat(order.lines().getFirst().name()).isEqualTo("Camiseta Ñandú");
        assertThat(order.lines().getFirst().variant()).isNull();
        assertThat(order.lines().getFirst().quantity()).isEqualTo(3);
        assertThat(order.lines().getFirst().total()).isEqualTo(Money.of("59.85", "EUR"));
        assertThat(order.shipments()).isEmpty();
    }

    @Test
    void aRecordedRefundIsSummedUpAndCompletedMeansShipped() {
        var order = kept(Recordings.answer("PUT", "/wp-json/wc/v3/orders/15", 200));

        assertThat(order.status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(order.refunded()).isEqualTo(Money.of("19.95", "EUR"));
    }

    @Test
    void aRecordedGuestWithoutAnAddressHasNone() {
        var order = kept(Recordings.answer("PUT", "/wp-json/wc/v3/orders/16", 200));

        assertThat(order.customerName()).isEqualTo("Guest");
        assertThat(order.address()).isNull();
        assertThat(order.phone()).isNull();
        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({
        "pending, AWAITING_PAYMENT",
        "processing, PROCESSING",
        "on-hold, ON_HOLD",
        "completed, SHIPPED",
        "delivered, DELIVERED",
        "cancelled, CANCELLED",
        "refunded, REFUNDED",
        "failed, CANCELLED",
        "packing-by-hand, PROCESSING",
    })
    void everyStatusHasAWordOfOurs(String theirs, OrderStatus ours) {
        assertThat(kept(order("\"status\":\"" + theirs + "\"")).status()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trash", "checkout-draft", "auto-draft"})
    void whatIsNoOrderIsPassedOver(String status) {
        assertThat(WooCommerceOrder.read(order("\"status\":\"" + status + "\""), SHOP))
                .isInstanceOf(WooCommerceOrder.NotYetOne.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "{\"id\":7}",
                "{\"id\":7,\"status\":\"processing\",\"currency\":\"EUR\",\"date_created_gmt\":\"2026-11-22T14:07:08\"}",
                "{\"id\":7,\"status\":\"processing\",\"currency\":\"EU\",\"total\":\"1\",\"date_created_gmt\":\"2026-11-22T14:07:08\"}",
                "{\"id\":7,\"status\":\"processing\",\"currency\":\"EUR\",\"total\":\"much\",\"date_created_gmt\":\"2026-11-22T14:07:08\"}",
                "{\"id\":7,\"status\":\"processing\",\"currency\":\"EUR\",\"total\":\"1\",\"date_created_gmt\":\"yesterday\"}",
                "{\"id\":{},\"status\":\"processing\",\"currency\":\"EUR\",\"total\":\"1\",\"date_created_gmt\":\"2026-11-22T14:07:08\"}",
            })
    void anOrderWithoutIdDateOrTotalIsOdd(String json) {
        assertThat(WooCommerceOrder.read(Recordings.JSON.readTree(json), SHOP))
                .isInstanceOf(WooCommerceOrder.Odd.class);
    }

    @Test
    void oddFieldsAreLeftOutAndTheOrderStays() {
        var order = kept(order("""
                "status":"processing","billing":[],"shipping":"none","line_items":{"a":{"quantity":"x"}},"refunds":null,
                "meta_data":[null,7,{"key":"_wc_shipment_tracking_items","value":"none"}],"date_modified_gmt":null"""));

        assertThat(order.customerName()).isEmpty();
        assertThat(order.changedAt()).isEqualTo(order.placedAt());
        assertThat(order.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.quantity()).isEqualTo(1));
        assertThat(order.shipments()).isEmpty();
    }

    @Test
    void aVariationIsNamedByItsProductAndWhatWasChosen() {
        var order = kept(order("""
                "status":"processing","line_items":[{"name":"Camiseta - M, Rojo &amp; Azul","parent_name":"Camiseta",
                "quantity":1,"total":"10.00","total_tax":"2.10","image":{"src":"javascript:alert(1)"},"meta_data":[
                {"key":"_reduced_stock","value":"1"},{"key":"pa_talla","value":"m","display_value":"M"},
                {"key":"pa_color","value":"x","display_value":"<p>Rojo &amp; Azul</p>"}]}]"""));

        var line = order.lines().getFirst();
        assertThat(line.name()).isEqualTo("Camiseta");
        assertThat(line.variant()).isEqualTo("M, Rojo & Azul");
        assertThat(line.total()).isEqualTo(Money.of("12.10", "EUR"));
        assertThat(line.imageUrl()).isNull();
    }

    @Test
    void parcelsComeFromTheUsualTrackingExtensions() {
        var order = kept(order("""
                "status":"completed","meta_data":[{"key":"_wc_shipment_tracking_items","value":[
                {"tracking_provider":"","custom_tracking_provider":"SEUR","tracking_number":"S-1",
                 "custom_tracking_link":"https://seur.example/S-1","date_shipped":"1795392000"},{"tracking_number":""}]}]"""));

        assertThat(order.shipments()).singleElement().satisfies(parcel -> {
            assertThat(parcel.carrier()).isEqualTo("SEUR");
            assertThat(parcel.tracking()).isEqualTo("S-1");
            assertThat(parcel.trackingUrl()).isEqualTo("https://seur.example/S-1");
        });
    }

    private static JsonNode order(String fields) {
        return Recordings.JSON.readTree(
                "{\"id\":7,\"currency\":\"EUR\",\"total\":\"1.00\",\"date_created_gmt\":\"2026-11-22T14:07:08\","
                        + fields + "}");
    }

    private static NewOrder kept(JsonNode order) {
        return ((WooCommerceOrder.Kept) WooCommerceOrder.read(order, SHOP)).order();
    }
}
