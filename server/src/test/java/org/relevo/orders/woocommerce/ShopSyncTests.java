package org.relevo.orders.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.relevo.orders.woocommerce.FakeShop.Said;
import org.relevo.support.Api;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** A WooCommerce shop, connected and followed, on recorded answers (R3, R128). */
@RelevoTest
class ShopSyncTests {

    private final TestShops shops;

    ShopSyncTests(TestShops shops) {
        this.shops = shops;
    }

    @Test
    void aConnectedShopsOrdersAreFetchedByThemselves() {
        var shop = shops.open();
        try (var woo = FakeShop.that(recorded(new AtomicInteger()))) {
            connect(shop, woo).ok();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> orders(shop, "15").size() == 1);

            var order = orders(shop, "15").get(0);
            assertThat(order.path("email").asString()).isEqualTo("jose.nunez@example.com");
            assertThat(order.path("lines").get(0).path("name").asString()).isEqualTo("Camiseta Ñandú");
        }
    }

    @Test
    void aWrongKeyIsRefusedWithASentenceAndNothingIsKept() {
        var shop = shops.open();
        try (var woo = FakeShop.that(_ -> FakeShop.NO_KEY)) {
            var refused = connect(shop, woo);

            assertThat(refused.problem()).startsWith("shop-");
            assertThat(refused.body().path("detail").asString()).isNotBlank();
            assertThat(shop.api().get("/shops").ok().path("items")).isEmpty();
        }
    }

    @Test
    void aSignedWebhookFetchesTheOrderAgainAndAForgedOneDoesNot() throws GeneralSecurityException {
        var shop = shops.open();
        var asked = new AtomicInteger();
        try (var woo = FakeShop.that(recorded(asked))) {
            var connected = connect(shop, woo).ok();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> orders(shop, "15").size() == 1);
            var before = asked.get();
            var body = Recordings.webhooks().get(0).path("rawBody").asString().getBytes(StandardCharsets.UTF_8);
            var path = "/hooks/woocommerce/" + shop.id() + "/"
                    + connected.path("id").asString();

            var forged = hook(shop, "bm90IHRoaXM=").post(path, "application/json", body);
            var signed = hook(shop, sign(body)).post(path, "application/json", body);
            var elsewhere = hook(shop, sign(body))
                    .post(path.replace(shop.id().toString(), shops.open().id().toString()), "application/json", body);

            assertThat(forged.status()).isEqualTo(401);
            assertThat(signed.status()).isBetween(200, 299);
            assertThat(elsewhere.status()).isEqualTo(404);
            await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() > before);
        }
    }

    private static Api hook(TestShop shop, String signature) {
        return shop.stranger().with("X-WC-Webhook-Signature", signature).with("X-WC-Webhook-Topic", "order.updated");
    }

    private static String sign(byte[] body) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("cs_1".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private static Api.Answer connect(TestShop shop, FakeShop woo) {
        return shop.api()
                .post(
                        "/shops",
                        Map.of(
                                "kind", "woocommerce",
                                "name", "Woo",
                                "url", woo.access().url(),
                                "key", "ck_1",
                                "secret", "cs_1"));
    }

    private static JsonNode orders(TestShop shop, String number) {
        return shop.api().get("/orders?query=" + number).ok().path("items");
    }

    /** Plays the recorded order; counts how often it was asked for orders. */
    private static FakeShop.Manner recorded(AtomicInteger asked) {
        var order = Recordings.answer("GET", "/wp-json/wc/v3/orders/15", 200);
        return question -> {
            if (!question.path().contains("/orders")) {
                return Said.json(200, "{\"namespaces\":[\"wc/v3\"]}");
            }
            if (!question.key().equals("ck_1:cs_1")) {
                return FakeShop.NO_KEY;
            }
            asked.incrementAndGet();
            return question.path().endsWith("/15")
                    ? Said.json(200, order.toString())
                    : Said.json(200, "[" + order + "]").with("X-WP-TotalPages", "1");
        };
    }
}
