package org.relevo.orders.woocommerce;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.relevo.orders.ShopConnector;

/** A shop on loopback that answers as it is told. */
final class FakeShop implements AutoCloseable {

    /** What it was asked, with the key that came along. */
    record Asked(String path, String query, String key) {}

    /** What it answers. */
    record Said(int status, String type, String body, Map<String, String> headers) {
        static Said json(int status, String body) {
            return new Said(status, "application/json; charset=UTF-8", body, Map.of());
        }

        static Said page(int status, String body) {
            return new Said(status, "text/html; charset=UTF-8", body, Map.of());
        }

        Said with(String name, String value) {
            return new Said(status, type, body, Map.of(name, value));
        }
    }

    /** How it makes up its answers. */
    @FunctionalInterface
    interface Manner {
        Said answer(Asked asked) throws IOException;
    }

    static final Said NO_KEY =
            Said.json(401, "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"\",\"data\":{\"status\":401}}");

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private FakeShop(Manner manner) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, manner));
        server.start();
    }

    static FakeShop that(Manner manner) {
        try {
            return new FakeShop(manner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, Manner manner) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var query = uri.getQuery() == null ? "" : uri.getQuery();
            var question = new Asked(uri.getPath(), query, key(exchange));
            asked.add(question);
            var said = manner.answer(question);
            exchange.getResponseHeaders().set("Content-Type", said.type());
            said.headers().forEach(exchange.getResponseHeaders()::set);
            var body = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String key(HttpExchange exchange) {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        return header == null
                ? ""
                : new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    List<Asked> asked() {
        return asked;
    }

    ShopConnector.Access access() {
        return new ShopConnector.Access(
                "http://localhost:" + server.getAddress().getPort(), "ck_1", "cs_1");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
