package org.relevo.orders.woocommerce;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exchanges with a real WooCommerce 9.4.3, recorded. They live beside the repository. */
final class Recordings {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Recordings() {}

    static JsonNode exchanges() {
        return read("rest-v3.json");
    }

    static JsonNode webhooks() {
        return read("webhooks.json");
    }

    /** The recorded answer to that request. */
    static JsonNode answer(String method, String path, int status) {
        return exchanges()
                .valueStream()
                .filter(exchange -> exchange.at("/request/method").asString().equals(method)
                        && exchange.at("/request/path").asString().startsWith(path)
                        && exchange.at("/response/status").asInt() == status)
                .map(exchange -> exchange.path("response").path("body"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String name) {
        var folder = Path.of(System.getProperty("relevo.shared", "../../shared/data"));
        var file = folder.resolve("commerce/woocommerce-9.4.3").resolve(name);
        assumeTrue(Files.exists(file), "Needs the recordings in " + file + "; -Drelevo.shared names their folder.");
        return JSON.readTree(file.toFile());
    }
}
