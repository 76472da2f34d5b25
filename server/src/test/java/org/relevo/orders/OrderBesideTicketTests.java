package org.relevo.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** The order stands beside the message, with the reason why it is that one (R3, R128). */
@RelevoTest
class OrderBesideTicketTests {

    private final TestShops shops;
    private final Post post;

    OrderBesideTicketTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aNumberInTheSubjectFindsTheSendersOrder() {
        var shop = shops.openWithMailbox();
        push(shop, "AU-100", "ana@customer.example");
        push(shop, "AU-200", "ana@customer.example");

        write(shop, "ana@customer.example", "Pedido au 100", "¿Dónde está?");

        var ticket = Conversation.only(shop).read();
        assertThat(ticket.path("order").path("number").asString()).isEqualTo("AU-100");
        assertThat(ticket.path("orderReason").asString()).contains("AU-100");
    }

    @Test
    void withoutANumberItIsTheSendersNewestOrder() {
        var shop = shops.openWithMailbox();
        push(shop, "AU-300", "eva@customer.example");

        write(shop, "Eva@Customer.example", "Una duda", "¿Cuándo llega?");

        assertThat(Conversation.only(shop).read().path("order").path("number").asString())
                .isEqualTo("AU-300");
    }

    @Test
    void anOrderThatComesAfterTheMailFindsItsTicket() {
        var shop = shops.openWithMailbox();
        write(shop, "leo@customer.example", "Mi pedido AU-400", "Acabo de comprar.");
        var ticket = Conversation.only(shop);
        assertThat(ticket.read().path("order").isNull()).isTrue();

        push(shop, "AU-400", "leo@customer.example");

        await().until(() ->
                "AU-400".equals(ticket.read().path("order").path("number").asString("")));
    }

    @Test
    void aWrongMatchIsCorrectedAndSaysByWhom() {
        var shop = shops.openWithMailbox();
        push(shop, "AU-500", "mar@customer.example");
        push(shop, "AU-501", "other@customer.example");
        write(shop, "mar@customer.example", "Hola", "Una pregunta.");
        var ticket = Conversation.only(shop);
        var other = shop.api()
                .get("/orders?query=au501")
                .ok()
                .path("items")
                .get(0)
                .path("id")
                .asString();

        shop.api()
                .put("/tickets/" + ticket.id() + "/order", Map.of("orderId", other))
                .ok();

        assertThat(ticket.read().path("order").path("number").asString()).isEqualTo("AU-501");
        assertThat(ticket.read().path("orderReason").asString()).contains("tests");
    }

    @Test
    void thePanelShowsCustomerOrdersAndWhatTheyAskedBefore() {
        var shop = shops.openWithMailbox();
        push(shop, "AU-600", "sol@customer.example");
        write(shop, "sol@customer.example", "Primera", "Hola");
        Conversation.all(shop, 1);
        write(shop, "sol@customer.example", "Segunda", "Hola otra vez");
        var newest = Conversation.all(shop, 2).getFirst();

        var context = shop.api().get("/tickets/" + newest.id() + "/context").ok();

        assertThat(context.path("orders")
                        .get(0)
                        .path("lines")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("Lámpara");
        assertThat(context.path("orders").get(0).path("total").path("amount").asString())
                .isEqualTo("64.90");
        assertThat(context.path("previous")).hasSize(1);
        assertThat(context.path("customer").path("spent").get(0).path("amount").asString())
                .isEqualTo("64.90");
    }

    @Test
    void aDocumentWithOneFaultStoresNothing() {
        var shop = shops.open();
        var generic = generic(shop);
        var bad = Map.of("orders", List.of(order("AU-700", "x@customer.example"), Map.of("number", "AU-701")));

        var report = shop.api().put("/shops/" + generic + "/orders", bad).ok();

        assertThat(report.path("imported").asBoolean()).isFalse();
        assertThat(report.path("rejected")).isNotEmpty();
        assertThat(shop.api().get("/orders?query=AU-700").ok().path("items")).isEmpty();
    }

    @Test
    void anotherWorkspacesOrdersAreNotFound() {
        var one = shops.open();
        var other = shops.open();
        push(one, "AU-800", "z@customer.example");

        assertThat(other.api().get("/orders?query=AU-800").ok().path("items")).isEmpty();
    }

    private static void push(TestShop shop, String number, String email) {
        var report = shop.api()
                .put("/shops/" + generic(shop) + "/orders", Map.of("orders", List.of(order(number, email))))
                .ok();
        assertThat(report.path("imported").asBoolean()).as("%s", report).isTrue();
    }

    private static String generic(TestShop shop) {
        var known = shop.api().get("/shops").ok().path("items");
        var one = known.isEmpty()
                ? shop.api()
                        .post("/shops", Map.of("kind", "generic", "name", "Mi tienda"))
                        .ok()
                : known.get(0);
        return one.path("id").asString();
    }

    private static Map<String, Object> order(String number, String email) {
        return Map.of(
                "number", number,
                "placedAt", "2026-11-01T10:00:00Z",
                "status", "processing",
                "currency", "EUR",
                "total", "64.90",
                "customer", Map.of("name", "Ana Ruiz", "email", email),
                "address", "C/ Mayor 1, Madrid",
                "lines", List.of(Map.of("name", "Lámpara", "quantity", 1, "total", "64.90")),
                "shipments", List.<JsonNode>of());
    }

    private void write(TestShop shop, String from, String subject, String text) {
        post.send("""
                From: %s
                To: %s
                Subject: %s
                Message-ID: <%s@mail.example>
                Content-Type: text/plain; charset=utf-8

                %s
                """.formatted(from, shop.mailbox(), subject, UUID.randomUUID(), text), shop.mailbox());
    }
}
