package org.relevo.orders.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.orders.NewOrder;
import org.relevo.orders.ShopConnector;
import org.relevo.orders.ShopConnector.Step;
import org.relevo.orders.ShopUnreachableException;
import org.relevo.orders.woocommerce.FakeShop.Said;
import org.relevo.platform.outbound.OutboundHttp;
import org.relevo.platform.outbound.OutboundProperties;
import org.springframework.util.unit.DataSize;

class WooCommerceConnectorTests {

    private static final OutboundProperties LIMITS =
            new OutboundProperties(true, Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(200));

    private final WooCommerceConnector connector = new WooCommerceConnector(new OutboundHttp(LIMITS), Recordings.JSON);

    @Test
    void theRecordedOrdersAreReadInOneBatch() {
        var recorded = Recordings.answer("GET", "/wp-json/wc/v3/orders?modified_after", 200);
        try (var shop = FakeShop.that(_ -> Said.json(200, recorded.toString()).with("X-WP-TotalPages", "1"))) {
            var batch = connector.changed(shop.access(), Instant.parse("2026-01-01T00:00:00Z"), null);

            assertThat(batch.orders()).extracting(NewOrder::externalId).contains("15", "16");
            assertThat(batch.next()).isNull();
            assertThat(shop.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.path()).isEqualTo("/wp-json/wc/v3/orders");
                assertThat(asked.key()).isEqualTo("ck_1:cs_1");
                assertThat(asked.query().split("&"))
                        .contains(
                                "modified_after=2026-01-01T00:00:00",
                                "dates_are_gmt=true",
                                "orderby=modified",
                                "order=asc",
                                "per_page=50",
                                "page=1");
            });
        }
    }

    @Test
    void theRecordedOrderIsFetchedAndAnUnknownOneIsNamed() {
        var known = Recordings.answer("GET", "/wp-json/wc/v3/orders/15", 200);
        var unknown = Recordings.answer("GET", "/wp-json/wc/v3/orders/999999", 404);
        try (var shop = FakeShop.that(asked ->
                asked.path().endsWith("/15") ? Said.json(200, known.toString()) : Said.json(404, unknown.toString()))) {
            assertThat(connector.fetch(shop.access(), "15").number()).isEqualTo("15");
            assertProblem("shop-order-unknown", () -> connector.fetch(shop.access(), "999999"));
            assertProblem("shop-order-unknown", () -> connector.fetch(shop.access(), "../customers"));
        }
    }

    @Test
    void anOddOrderIsSkippedAndTheOthersCome() {
        var body = "[" + order(1, 1) + ",{\"id\":2,\"status\":\"processing\"},null," + order(3, 2) + "]";
        try (var shop = FakeShop.that(_ -> Said.json(200, body))) {
            assertThat(connector.changed(shop.access(), null, null).orders())
                    .extracting(NewOrder::externalId)
                    .containsExactly("1", "3");
        }
    }

    @Test
    void everyOrderComesAlthoughOthersChangeWhileWeRead() {
        var orders = new ArrayList<>(IntStream.rangeClosed(1, 230).boxed().toList());
        var changedAt = new int[1_000];
        orders.forEach(id -> changedAt[id] = id);
        try (var shop = FakeShop.that(asked -> {
            var said = page(asked, orders, changedAt);
            var moved = orders.removeFirst(); // each answer is followed by a change of the order longest untouched
            changedAt[moved] = changedAt[orders.getLast()] + 1;
            orders.add(moved);
            return said;
        })) {
            assertThat(all(shop.access(), null))
                    .contains(IntStream.rangeClosed(1, 230).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void moreChangesInOneSecondThanAPageHoldsAllCome() {
        var orders = IntStream.rangeClosed(1, 180).boxed().toList();
        var changedAt = new int[1_000];
        orders.forEach(id -> changedAt[id] = id <= 170 ? 5 : 6);
        try (var shop = FakeShop.that(asked -> page(asked, orders, changedAt))) {
            assertThat(all(shop.access(), null)).contains(orders.toArray(Integer[]::new));
        }
    }

    @Test
    void aShopThatDoesNotFilterByChangeIsReadPageByPageAndEnds() {
        var orders = IntStream.rangeClosed(1, 180).boxed().toList();
        var changedAt = new int[1_000];
        orders.forEach(id -> changedAt[id] = id);
        try (var shop = FakeShop.that(asked -> page(
                new FakeShop.Asked(asked.path(), asked.query().replaceAll("modified_after=[^&]*", ""), asked.key()),
                orders,
                changedAt))) {
            assertThat(all(shop.access(), null)).contains(orders.toArray(Integer[]::new));
        }
    }

    @Test
    void readingGoesOnWhereAnEarlierProcessStopped() {
        var orders = IntStream.rangeClosed(1, 120).boxed().toList();
        var changedAt = new int[1_000];
        orders.forEach(id -> changedAt[id] = id);
        try (var shop = FakeShop.that(asked -> page(asked, orders, changedAt))) {
            var first = connector.changed(shop.access(), null, null);

            assertThat(all(shop.access(), first.next())).contains(120).doesNotContain(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | json | {\"code\":\"woocommerce_rest_authentication_error\"} | shop-key-refused",
                "401 | json | {\"code\":\"woocommerce_rest_cannot_view\"}          | shop-key-no-rights",
                "403 | json | {\"code\":\"woocommerce_rest_cannot_view\"}          | shop-key-no-rights",
                "404 | json | {\"code\":\"rest_no_route\"}                         | shop-not-woocommerce",
                "404 | html | <html>Not found</html>                               | shop-not-woocommerce",
                "200 | html | <!DOCTYPE html><html>Welcome</html>                  | shop-not-woocommerce",
                "200 | json | {\"name\":\"a site\"}                                | shop-not-woocommerce",
                "403 | html | <html>Firewall</html>                                | shop-guarded",
                "400 | json | {\"code\":\"rest_invalid_param\"}                    | shop-too-old",
                "200 | json | <b>Warning</b>: something []                         | shop-not-json",
                "200 | json | [{\"id\":1,                                          | shop-not-json",
                "429 | json | {}                                                   | shop-busy",
                "500 | json | {\"code\":\"internal_server_error\"}                 | shop-server-error",
                "503 | html | <html>Maintenance</html>                             | shop-server-error",
                "302 | html | ''                                                   | shop-not-woocommerce",
            })
    void eachWayOfFailingHasItsName(int status, String type, String body, String problem) {
        var said = type.equals("json") ? Said.json(status, body) : Said.page(status, body);
        try (var shop = FakeShop.that(_ -> said)) {
            assertProblem(problem, () -> connector.changed(shop.access(), null, null));
        }
    }

    @Test
    void aShopThatTakesTooLongIsNamed() {
        var closed = new CountDownLatch(1);
        try (var shop = FakeShop.that(_ -> {
            await(closed);
            return Said.json(200, "[]");
        })) {
            assertProblem("shop-slow", () -> connector.changed(shop.access(), null, null));
            closed.countDown();
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        var huge = "[\"" + "x".repeat(300_000) + "\"]";
        try (var shop = FakeShop.that(_ -> Said.json(200, huge))) {
            assertProblem("shop-answer-too-large", () -> connector.changed(shop.access(), null, null));
        }
    }

    @Test
    void theKeyIsNotCarriedToAnotherHost() {
        try (var other = FakeShop.that(_ -> Said.json(200, "[]"));
                var shop = FakeShop.that(
                        _ -> Said.page(302, "").with("Location", other.access().url() + "/"))) {
            assertProblem("shop-redirects", () -> connector.changed(shop.access(), null, null));
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void aShopThatIsOffIsUnreachable() {
        ShopConnector.Access gone;
        try (var shop = FakeShop.that(_ -> Said.json(200, "[]"))) {
            gone = shop.access();
        }
        assertProblem("shop-unreachable", () -> connector.changed(gone, null, null));
    }

    @Test
    void aGoodShopPassesEveryStepAndPlainHttpIsSaid() {
        try (var shop = FakeShop.that(asked -> asked.key().isEmpty() ? FakeShop.NO_KEY : Said.json(200, "[]"))) {
            var steps = connector.check(shop.access());

            assertThat(steps).extracting(Step::step).containsExactly("shop-reach", "shop-key", "shop-orders");
            assertThat(steps).extracting(Step::ok).containsExactly(true, true, true);
            assertThat(steps).extracting(Step::problem).containsExactly("shop-plain-http", null, null);
            assertThat(steps).extracting(Step::millis).doesNotContainNull();
        }
    }

    @Test
    void theRecordedRefusalOfAKeyStopsTheCheckThere() {
        var refused = Recordings.answer("GET", "/wp-json/wc/v3/orders", 401);
        try (var shop =
                FakeShop.that(asked -> asked.key().isEmpty() ? FakeShop.NO_KEY : Said.json(401, refused.toString()))) {
            var steps = connector.check(shop.access());

            assertThat(steps).extracting(Step::ok).containsExactly(true, false, null);
            assertThat(steps.get(1).problem()).isEqualTo("shop-key-refused");
        }
    }

    @Test
    void aKeyThatIsNotLookedAtOverPlainHttpSaysSo() {
        try (var shop = FakeShop.that(_ -> FakeShop.NO_KEY)) {
            var steps = connector.check(shop.access());

            assertThat(steps).extracting(Step::ok).containsExactly(true, false, null);
            assertThat(steps.get(1).problem()).isEqualTo("shop-key-needs-https");
        }
    }

    @Test
    void aSiteWithoutWooCommerceIsNotReached() {
        try (var shop = FakeShop.that(_ -> Said.json(404, "{\"code\":\"rest_no_route\"}"))) {
            var steps = connector.check(shop.access());

            assertThat(steps).extracting(Step::ok).containsExactly(false, null, null);
            assertThat(steps.getFirst().problem()).isEqualTo("shop-not-woocommerce");
        }
    }

    /** Reads on until the end and tells the ids. */
    private List<Integer> all(ShopConnector.Access access, @Nullable String from) {
        var ids = new ArrayList<Integer>();
        var next = from;
        var batches = 0;
        do {
            var batch = connector.changed(access, null, next);
            batch.orders().forEach(order -> ids.add(Integer.valueOf(order.externalId())));
            next = batch.next();
            assertThat(++batches).isLessThan(60);
        } while (next != null);
        return ids;
    }

    /** A page as WooCommerce cuts it: what changed after an instant, oldest change first. */
    private static Said page(FakeShop.Asked asked, List<Integer> orders, int[] changedAt) {
        var after = asked.query().replaceAll("(^|.*&)modified_after=([^&]*).*", "$2");
        var from = after.startsWith("2026") ? Instant.parse(after + "Z") : Instant.EPOCH;
        var page = Integer.parseInt(asked.query().replaceAll(".*&page=(\\d+).*", "$1"));
        var found =
                orders.stream().filter(id -> at(changedAt[id]).isAfter(from)).toList();
        var cut = found.stream()
                .skip((page - 1) * 50L)
                .limit(50)
                .map(id -> order(id, changedAt[id]))
                .toList();
        return Said.json(200, cut.toString()).with("X-WP-TotalPages", String.valueOf((found.size() + 49) / 50));
    }

    private static Instant at(int second) {
        return Instant.parse("2026-11-22T14:00:00Z").plusSeconds(second);
    }

    private static String order(int id, int second) {
        return """
                {"id":%d,"status":"processing","currency":"EUR","total":"1.00","date_created_gmt":"2026-11-22T14:00:00",\
                "date_modified_gmt":"%s"}""".formatted(id, at(second).toString().replace("Z", ""));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertProblem(String slug, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ShopUnreachableException.class,
                        problem -> assertThat(problem.slug()).isEqualTo(slug));
    }
}
