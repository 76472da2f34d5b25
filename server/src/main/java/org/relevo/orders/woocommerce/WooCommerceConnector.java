package org.relevo.orders.woocommerce;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.NewOrder;
import org.relevo.orders.ShopConnector;
import org.relevo.orders.ShopKind;
import org.relevo.orders.ShopUnreachableException;
import org.relevo.platform.outbound.OutboundException;
import org.relevo.platform.outbound.OutboundHttp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads orders over WooCommerce's REST API, version 3, with a key that may only read. */
@Component
class WooCommerceConnector implements ShopConnector {

    private static final Logger LOG = LoggerFactory.getLogger(WooCommerceConnector.class);
    private static final String ORDERS = "/wp-json/wc/v3/orders";
    private static final int PER_PAGE = 50;
    /** WooCommerce takes no zone here; {@code dates_are_gmt} says which it is. */
    private static final DateTimeFormatter GMT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final OutboundHttp http;
    private final JsonMapper json;

    WooCommerceConnector(OutboundHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    @Override
    public String kind() {
        return ShopKind.WOOCOMMERCE.word();
    }

    @Override
    public List<Step> check(Access access) {
        var steps = new ArrayList<Step>();
        attempt(steps, "shop-reach", () -> reach(access));
        attempt(steps, "shop-key", () -> key(access));
        attempt(steps, "shop-orders", () -> {
            page(access, new PageCursor(null, 1), 1);
            return null;
        });
        return steps;
    }

    /** One thing to try; tells what is worth saying although it worked. */
    @FunctionalInterface
    private interface Attempt {
        @Nullable
        String run();
    }

    private static void attempt(List<Step> steps, String name, Attempt attempt) {
        if (steps.stream().anyMatch(step -> Boolean.FALSE.equals(step.ok()))) {
            steps.add(new Step(name, null, null, null));
            return;
        }
        var began = System.nanoTime();
        try {
            var remark = attempt.run();
            steps.add(new Step(name, true, millisSince(began), remark));
        } catch (ShopUnreachableException e) {
            steps.add(new Step(name, false, millisSince(began), e.slug()));
        }
    }

    private static long millisSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    /** Asks without a key: WordPress answers everybody, if only to refuse. */
    private @Nullable String reach(Access access) {
        var answer = get(access.url() + ORDERS + "?per_page=1", Map.of());
        if (!answer.isWordPress()) {
            throw new ShopUnreachableException("shop-not-woocommerce");
        }
        return isPlain(access) ? "shop-plain-http" : null;
    }

    private @Nullable String key(Access access) {
        var answer = get(access.url() + ORDERS + "?per_page=1", signedIn(access));
        var known = answer.status() == 200 || !answer.code().contains("authentication_error");
        if (!known) {
            answer.orThrow();
        }
        // Over plain HTTP WooCommerce does not look at the key at all, and then says that nobody may see orders.
        if (answer.status() != 200 && isPlain(access)) {
            throw new ShopUnreachableException("shop-key-needs-https");
        }
        return null;
    }

    private static boolean isPlain(Access access) {
        return access.url().startsWith("http://");
    }

    @Override
    public Batch changed(Access access, @Nullable Instant since, @Nullable String next) {
        var cursor = PageCursor.read(since, next);
        var answer = page(access, cursor, PER_PAGE);
        var orders = new ArrayList<NewOrder>();
        var skipped = new ArrayList<String>();
        for (var order : answer.body()) {
            switch (WooCommerceOrder.read(order, access.url())) {
                case WooCommerceOrder.Kept kept -> orders.add(kept.order());
                case WooCommerceOrder.NotYetOne _ -> {}
                case WooCommerceOrder.Odd odd -> skipped.add(odd.id());
            }
        }
        if (!skipped.isEmpty()) {
            LOG.warn("Orders that cannot be read were skipped: count={} ids={}", skipped.size(), skipped);
        }
        return new Batch(orders, next(cursor, answer));
    }

    private static @Nullable String next(PageCursor cursor, ShopAnswer answer) {
        var size = answer.body().size();
        var pages = answer.raw().header("X-WP-TotalPages");
        var more = pages.matches("\\d{1,9}") ? cursor.page() < Integer.parseInt(pages) : size >= PER_PAGE;
        if (!more || size == 0) {
            return null;
        }
        return cursor.next(
                        changedAt(answer.body().get(0)), changedAt(answer.body().get(size - 1)))
                .text();
    }

    private static @Nullable Instant changedAt(JsonNode order) {
        return WooCommerceOrder.instant(order, "date_modified_gmt");
    }

    @Override
    public NewOrder fetch(Access access, String externalId) {
        if (!externalId.matches("\\d{1,18}")) {
            throw new ShopUnreachableException("shop-order-unknown");
        }
        var answer =
                get(access.url() + ORDERS + "/" + externalId, signedIn(access)).orThrow();
        return switch (WooCommerceOrder.read(answer.body(), access.url())) {
            case WooCommerceOrder.Kept kept -> kept.order();
            case WooCommerceOrder.NotYetOne _ -> throw new ShopUnreachableException("shop-order-unknown");
            case WooCommerceOrder.Odd _ -> throw new ShopUnreachableException("shop-order-odd");
        };
    }

    private ShopAnswer page(Access access, PageCursor cursor, int size) {
        var after = cursor.after() == null
                ? ""
                : "&modified_after=" + GMT.format(cursor.after().truncatedTo(ChronoUnit.SECONDS));
        var answer = get(
                        access.url() + ORDERS + "?dates_are_gmt=true&orderby=modified&order=asc&per_page=" + size
                                + "&page=" + cursor.page() + after,
                        signedIn(access))
                .orThrow();
        if (!answer.body().isArray()) {
            throw new ShopUnreachableException("shop-not-woocommerce");
        }
        return answer;
    }

    private ShopAnswer get(String address, Map<String, String> headers) {
        try {
            return ShopAnswer.read(http.get(new URI(address), headers), json);
        } catch (OutboundException e) {
            throw ShopAnswer.unreachable(e);
        } catch (URISyntaxException e) {
            throw new ShopUnreachableException("shop-address-invalid", e);
        }
    }

    private static Map<String, String> signedIn(Access access) {
        var pair = access.key() + ":" + access.secret();
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
