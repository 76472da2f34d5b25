package org.relevo.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider of tokens on loopback: gives them (RFC 6749), renews them, and tells a mail server which are good (RFC 7662). */
public final class TokenService implements AutoCloseable {

    private final HttpServer server;
    private final String username;
    private final Set<String> good = ConcurrentHashMap.newKeySet();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean refusing;

    private TokenService(HttpServer server, String username) {
        this.server = server;
        this.username = username;
    }

    /** A service whose tokens are all for {@code username}. */
    public static TokenService forUser(String username) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            var service = new TokenService(server, username);
            server.createContext("/token", service::token);
            server.createContext("/introspect", service::introspect);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on nothing is given, and what was given is no longer good. */
    public void refuse() {
        refusing = true;
        good.clear();
    }

    /** What was given so far is no longer good; new tokens are. */
    public void forgetTokens() {
        good.clear();
    }

    /** What was asked of the token endpoint, by the kind of grant. */
    public List<Map<String, String>> asked(String grant) {
        return asked.stream()
                .filter(form -> grant.equals(form.get("grant_type")))
                .toList();
    }

    private void token(HttpExchange exchange) throws IOException {
        asked.add(form(exchange));
        if (refusing) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        var token = "token-" + number.incrementAndGet();
        good.add(token);
        answer(exchange, 200, """
                {"access_token":"%s","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh-%s"}
                """.formatted(token, token));
    }

    private void introspect(HttpExchange exchange) throws IOException {
        var active = good.contains(form(exchange).getOrDefault("token", ""));
        answer(exchange, 200, "{\"active\":%s,\"username\":\"%s\"}".formatted(active, username));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        return Stream.of(text.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
