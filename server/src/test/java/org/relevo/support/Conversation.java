package org.relevo.support;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A ticket as an agent has it before them. */
public record Conversation(TestShop shop, String id) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The shop's tickets, newest first, once there are that many. */
    public static List<Conversation> all(TestShop shop, int count) {
        var items = await().atMost(PATIENCE)
                .until(() -> shop.api().get("/tickets").ok().path("items"), found -> found.size() >= count);
        return items.valueStream()
                .map(item -> new Conversation(shop, item.path("id").asString()))
                .toList();
    }

    /** The shop's only ticket. */
    public static Conversation only(TestShop shop) {
        var all = all(shop, 1);
        if (all.size() > 1) {
            throw new AssertionError("The shop has several tickets: " + all);
        }
        return all.getFirst();
    }

    public JsonNode read() {
        return shop.api().get("/tickets/" + id).ok();
    }

    public String subject() {
        return read().path("subject").asString();
    }

    public String status() {
        return read().path("status").asString();
    }

    /** What stands in the timeline under that kind, oldest first. */
    public List<JsonNode> entries(String kind) {
        return read().path("timeline")
                .valueStream()
                .filter(entry -> kind.equals(entry.path("kind").asString()))
                .toList();
    }

    /** The customer's messages once there are that many. */
    public List<JsonNode> messages(int count) {
        return await().atMost(PATIENCE).until(() -> entries("message-received"), found -> found.size() >= count);
    }

    /** Answers and tells the entry's id. */
    public String reply(String text) {
        return reply(Map.of("text", text));
    }

    public String reply(Map<String, Object> reply) {
        return shop.api()
                .post("/tickets/" + id + "/replies", reply)
                .ok()
                .path("id")
                .asString();
    }

    public Api.Answer cancel(String entry) {
        return shop.api().post("/tickets/" + id + "/replies/" + entry + "/cancel", Map.of());
    }

    public Api.Answer retry(String entry) {
        return shop.api().post("/tickets/" + id + "/replies/" + entry + "/retry", Map.of());
    }

    /** How far the newest reply has come, once it satisfies {@code expected}. */
    public JsonNode delivery(Predicate<JsonNode> expected) {
        return await().atMost(PATIENCE).until(this::delivery, expected);
    }

    /** How far the newest reply has come, once it is in {@code state}. */
    public JsonNode delivery(String state) {
        return delivery(found -> state.equals(found.path("state").asString()));
    }

    private JsonNode delivery() {
        return entries("reply").getLast().path("message").path("delivery");
    }
}
