package org.relevo.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uses the API over HTTP as a browser or a program does. */
public final class Api {

    /** What came back; an empty body reads as a missing node. */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {

        /** The body of an answer that must be a success. */
        public JsonNode ok() {
            assertThat(status).as("%s", body).isBetween(200, 299);
            return body;
        }

        /** The last part of the problem's type, for an answer that must be a problem. */
        public String problem() {
            assertThat(raw.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            return body.path("type").asString().replace("/problems/", "");
        }
    }

    private final String url;
    private final JsonMapper json;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final Map<String, String> headers = new LinkedHashMap<>();

    public Api(String url, JsonMapper json) {
        this.url = url;
        this.json = json;
        this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    public Api withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Sends {@code header} with every request from now on. */
    public Api with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Api signedIn(String email, String password) {
        get("/session");
        post("/session", Map.of("email", email, "password", password)).ok();
        return this;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a body as it is, with its type. */
    public Answer post(String path, String type, byte[] body) {
        return answer(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private Answer send(String method, String path, @Nullable Object body) {
        var publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        return answer(request(path).header("Content-Type", "application/json").method(method, publisher));
    }

    private HttpRequest.Builder request(String path) {
        var target = path.startsWith("http") ? path : url + (path.startsWith("/hooks/") ? path : "/api/v1" + path);
        var request = HttpRequest.newBuilder(URI.create(target));
        headers.forEach(request::header);
        cookie("XSRF-TOKEN").ifPresent(token -> request.header("X-XSRF-TOKEN", token));
        return request;
    }

    /** The value of a cookie that the server has set. */
    public java.util.Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** The session cookie as a header, for a WebSocket. */
    public String cookieHeader() {
        return cookie("relevo").map(value -> "relevo=" + value).orElse("");
    }

    private Answer answer(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            var type = response.headers().firstValue("Content-Type").orElse("");
            var body = type.contains("json") && response.body().length > 0
                    ? json.readTree(response.body())
                    : json.missingNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
