package org.relevo.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.relevo.support.Api;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** One WebSocket per browser: events with a cursor, resumed without gaps or doubles. */
@RelevoTest
class LiveTests {

    private final TestShops shops;
    private final Post post;

    LiveTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aNewMailIsHeardAtOnce() {
        var shop = shops.openWithMailbox();
        var browser = listen(shop, null);

        send(shop, "Heard");

        await().until(() -> browser.frames.stream().anyMatch(frame -> frame.contains("\"message-received\"")));
    }

    @Test
    void whatHappenedWhileTheLineWasDownComesOnceAfterIt() {
        var shop = shops.openWithMailbox();
        var browser = listen(shop, null);
        send(shop, "First");
        await().until(() -> browser.heard("message-received") == 1);
        var cursor = browser.lastCursor();
        Objects.requireNonNull(browser.socket).abort();
        send(shop, "Second");
        send(shop, "Third");
        await().until(() -> shop.api().get("/tickets").ok().path("items").size() == 3);

        var again = listen(shop, cursor);

        await().until(() -> again.heard("message-received") == 2);
        send(shop, "Fourth");
        await().until(() -> again.heard("message-received") == 3);
        assertThat(again.frames.stream().distinct()).hasSameSizeAs(again.frames);
    }

    @Test
    void anotherWorkspaceIsNeverHeard() {
        var shop = shops.openWithMailbox();
        var other = shops.openWithMailbox();
        var browser = listen(shop, null);

        send(other, "Not yours");
        send(shop, "Yours");

        await().until(() -> browser.heard("message-received") >= 1);
        assertThat(browser.heard("message-received")).isEqualTo(1);
    }

    @Test
    void whoeverIsNotSignedInHearsNothing() {
        var shop = shops.open();

        assertThat(refusal(shop, "")).isEqualTo(401);
    }

    @Test
    void anotherSitesPageIsRefused() {
        var shop = shops.open();
        var owner = shop.as("owner@" + shop.domain());

        var refused = refusal(shop, owner.cookieHeader(), "https://evil.example");

        assertThat(refused).isEqualTo(403);
    }

    @Test
    void theLineEndsSoonAfterTheSession() {
        var shop = shops.open();
        var owner = shop.as("owner@" + shop.domain());
        var browser = connect(shop, owner, null);

        owner.delete("/session").ok();

        await().until(() -> browser.closed == 4401);
    }

    private static int refusal(TestShop shop, String... cookieAndOrigin) {
        try {
            var builder = HttpClient.newHttpClient().newWebSocketBuilder().header("Cookie", cookieAndOrigin[0]);
            if (cookieAndOrigin.length > 1) {
                builder = builder.header("Origin", cookieAndOrigin[1]);
            }
            builder.buildAsync(address(shop, null), new Browser()).join();
            return 101;
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : -1;
        }
    }

    private static Browser listen(TestShop shop, @Nullable String cursor) {
        return connect(shop, shop.as("owner@" + shop.domain()), cursor);
    }

    private static Browser connect(TestShop shop, Api person, @Nullable String cursor) {
        var browser = new Browser();
        browser.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", person.cookieHeader())
                .header("Origin", shop.url())
                .buildAsync(address(shop, cursor), browser)
                .join();
        await().until(() -> browser.frames.stream().anyMatch(frame -> frame.contains("\"hello\"")));
        return browser;
    }

    private static URI address(TestShop shop, @Nullable String cursor) {
        var query = cursor == null ? "" : "?cursor=" + cursor;
        return URI.create(shop.url().replace("http", "ws") + "/api/v1/live" + query);
    }

    private void send(TestShop shop, String subject) {
        post.send("""
                From: ana@customer.example
                To: %s
                Subject: %s
                Message-ID: <%s@mail.example>

                Hello
                """.formatted(shop.mailbox(), subject, UUID.randomUUID()), shop.mailbox());
    }

    private static final class Browser implements WebSocket.Listener {
        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder half = new StringBuilder();
        private volatile int closed;
        private @Nullable WebSocket socket;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            half.append(data);
            if (last) {
                frames.add(half.toString());
                half.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed = code;
            return null;
        }

        private long heard(String kind) {
            return frames.stream()
                    .filter(frame -> frame.contains("\"" + kind + "\""))
                    .count();
        }

        private String lastCursor() {
            var frame = frames.getLast();
            var start = frame.indexOf("\"cursor\":\"") + 10;
            return frame.substring(start, frame.indexOf('"', start));
        }
    }
}
