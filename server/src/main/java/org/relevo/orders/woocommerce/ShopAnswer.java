package org.relevo.orders.woocommerce;

import java.util.Locale;
import org.relevo.orders.ShopUnreachableException;
import org.relevo.platform.outbound.OutboundAnswer;
import org.relevo.platform.outbound.OutboundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shop answered, or the name of what went wrong instead. */
record ShopAnswer(int status, JsonNode body, OutboundAnswer raw) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /**
     * Reads an answer that should be JSON, whatever its status.
     *
     * @throws ShopUnreachableException if it is something else
     */
    static ShopAnswer read(OutboundAnswer answer, JsonMapper json) {
        if (answer.status() >= 500) {
            throw new ShopUnreachableException("shop-server-error");
        }
        if (answer.status() == 429) {
            throw new ShopUnreachableException("shop-busy");
        }
        if (isPage(answer)) {
            var guarded = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
            throw new ShopUnreachableException(guarded ? "shop-guarded" : "shop-not-woocommerce");
        }
        try {
            return new ShopAnswer(answer.status(), json.readTree(answer.body()), answer);
        } catch (JacksonException e) {
            throw new ShopUnreachableException("shop-not-json", e);
        }
    }

    private static boolean isPage(OutboundAnswer answer) {
        var start = answer.text();
        start = start.substring(0, Math.min(start.length(), 200)).strip().toLowerCase(Locale.ROOT);
        return answer.header("Content-Type").toLowerCase(Locale.ROOT).contains("text/html")
                || start.startsWith("<!doctype")
                || start.startsWith("<html");
    }

    /** The same, when only success will do. */
    ShopAnswer orThrow() {
        if (status >= 200 && status < 300) {
            return this;
        }
        throw new ShopUnreachableException(problem());
    }

    private String problem() {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                code().contains("authentication_error") ? "shop-key-refused" : "shop-key-no-rights";
            case 404 -> code().contains("invalid_id") ? "shop-order-unknown" : "shop-not-woocommerce";
            case 400 -> "shop-too-old";
            default -> "shop-not-woocommerce";
        };
    }

    /** WooCommerce's or WordPress's own name for a refusal; empty for anything else. */
    String code() {
        return body.path("code").asString("");
    }

    /** Whether WordPress spoke; it says so also to those whom it refuses. */
    boolean isWordPress() {
        return body.isArray() || code().startsWith("woocommerce_") || (code().startsWith("rest_") && status != 404);
    }

    static ShopUnreachableException unreachable(OutboundException failure) {
        var slug = switch (failure.way()) {
            case ADDRESS_INVALID -> "shop-address-invalid";
            case NAME_UNKNOWN -> "shop-name-unknown";
            case ADDRESS_PRIVATE -> "shop-address-private";
            case UNREACHABLE, BROKEN -> "shop-unreachable";
            case CERTIFICATE -> "shop-certificate";
            case SLOW -> "shop-slow";
            case TOO_LARGE -> "shop-answer-too-large";
            case REDIRECTED -> "shop-redirects";
        };
        return new ShopUnreachableException(slug, failure);
    }
}
