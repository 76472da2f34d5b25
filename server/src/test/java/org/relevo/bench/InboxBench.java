package org.relevo.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.relevo.support.ServerProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What fifty people at their inboxes wait for, in a small shop and in a large one: each reads the views with their counts,
 * first and next pages, opens tickets with what stands beside them and searches, thinking about a second between two requests.
 */
final class InboxBench {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SMALL = 20_000;
    private static final int FIGURE = 50;
    private static final int SEARCH_FIGURE = 150;

    private record Sample(String kind, double millis, boolean good) {}

    private InboxBench() {}

    static boolean run(Bench.Options options) throws Exception {
        var large = options.number("tickets", 1_000_000);
        var sizes = large == SMALL ? List.of(SMALL) : List.of(SMALL, large);
        var results = new TreeMap<Integer, Map<String, List<Double>>>();
        for (var tickets : sizes) {
            results.put(tickets, measure(tickets, options));
        }
        return report(results);
    }

    private static Map<String, List<Double>> measure(int tickets, Bench.Options options) throws Exception {
        var data = Folders.kept("inbox-" + tickets);
        var complete = data.resolve("complete");
        var structure = Folders.structure();
        if (!Files.exists(complete) || !Files.readString(complete).equals(structure)) {
            Folders.fresh("inbox-" + tickets);
            try (var server = ServerProcess.start(data)) {
                server.firstRun(JSON);
                try (var database = server.connectAsOwner()) {
                    InboxWorld.build(database, tickets);
                }
            }
            Files.writeString(complete, structure);
        }
        try (var server = ServerProcess.start(data);
                var database = server.connectAsOwner()) {
            var agents = InboxWorld.sessions(database);
            work(server, agents, options.number("warm-up", 20), options);
            var seconds = options.number("seconds", 60);
            var samples = work(server, agents, seconds, options);
            var failed = samples.stream().filter(sample -> !sample.good()).count();
            System.out.printf(
                    "%d tickets: %d agents, %.0f requests a second, %d failed, JVM %d MB%n",
                    tickets, agents.size(), samples.size() / (double) seconds, failed, server.residentMegabytes());
            var kinds = new TreeMap<String, List<Double>>();
            samples.forEach(sample ->
                    kinds.computeIfAbsent(sample.kind(), _ -> new ArrayList<>()).add(sample.millis()));
            if (failed > 0) {
                kinds.put("failed", List.of((double) failed));
            }
            return kinds;
        }
    }

    private static List<Sample> work(
            ServerProcess server, List<InboxWorld.Agent> agents, int seconds, Bench.Options options)
            throws InterruptedException {
        var samples = new ConcurrentLinkedQueue<Sample>();
        var until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var desks = agents.stream()
                    .map(agent -> new Desk(client, server.url(), agent, samples, until, options.number("think", 1_000)))
                    .map(desk -> Thread.ofVirtual().start(desk::work))
                    .toList();
            for (var desk : desks) {
                desk.join();
            }
        }
        return List.copyOf(samples);
    }

    /** One person at work until the time is over. */
    private record Desk(
            HttpClient client,
            String url,
            InboxWorld.Agent agent,
            ConcurrentLinkedQueue<Sample> samples,
            long until,
            int think) {

        void work() {
            try {
                pause();
                while (System.nanoTime() < until) {
                    round();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void round() throws InterruptedException {
            ask("views", "/views");
            open(list("mine", "mine"));
            list("unassigned", "unassigned");
            open(next("open", "open"));
            if (agent.team() != null) {
                list("team", "team:" + agent.team());
            }
            open(next("all", "all"));
            list("solved", "solved");
            ask(
                    "search",
                    "/tickets?limit=50&query=customer"
                            + ThreadLocalRandom.current().nextInt(6_000));
            ask(
                    "search",
                    "/tickets?limit=50&query=au" + ThreadLocalRandom.current().nextInt(6_000));
        }

        private JsonNode list(String kind, String view) throws InterruptedException {
            return ask(kind, "/tickets?limit=50&view=" + view);
        }

        private JsonNode next(String kind, String view) throws InterruptedException {
            var first = list(kind, view);
            var cursor = first.path("next").asString("");
            return cursor.isEmpty()
                    ? first
                    : ask(kind + ", next page", "/tickets?limit=50&view=" + view + "&cursor=" + cursor);
        }

        private void open(JsonNode page) throws InterruptedException {
            var items = page.path("items");
            if (!items.isEmpty()) {
                var id = items.get(ThreadLocalRandom.current().nextInt(items.size()))
                        .path("id")
                        .asString();
                ask("ticket", "/tickets/" + id);
                ask("context", "/tickets/" + id + "/context");
            }
        }

        private JsonNode ask(String kind, String path) throws InterruptedException {
            if (System.nanoTime() >= until) {
                return JSON.missingNode();
            }
            var request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                    .header("Cookie", agent.cookie())
                    .build();
            var began = System.nanoTime();
            try {
                var answer = client.send(request, BodyHandlers.ofByteArray());
                var millis = (System.nanoTime() - began) / 1e6;
                samples.add(new Sample(kind, millis, answer.statusCode() == 200));
                return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
            } catch (IOException _) {
                samples.add(new Sample(kind, (System.nanoTime() - began) / 1e6, false));
                return JSON.missingNode();
            } finally {
                pause();
            }
        }

        /** Half to one and a half times as long as people think on average. */
        private void pause() throws InterruptedException {
            Thread.sleep(
                    Duration.ofMillis(think / 2 + ThreadLocalRandom.current().nextInt(Math.max(think, 1))));
        }
    }

    private static boolean report(TreeMap<Integer, Map<String, List<Double>>> results) {
        System.out.printf("%-18s %10s %8s %8s %8s %8s%n", "milliseconds", "tickets", "number", "p50", "p95", "p99");
        var good = true;
        for (var kind : results.lastEntry().getValue().keySet()) {
            for (var size : results.entrySet()) {
                var sorted = size.getValue().getOrDefault(kind, List.of()).stream()
                        .sorted()
                        .toList();
                if (!sorted.isEmpty()) {
                    var p95 = quantile(sorted, 0.95);
                    good &= p95 <= ("search".equals(kind) ? SEARCH_FIGURE : FIGURE) && !"failed".equals(kind);
                    System.out.printf(
                            "%-18s %10d %8d %8.1f %8.1f %8.1f%n",
                            kind, size.getKey(), sorted.size(), quantile(sorted, 0.5), p95, quantile(sorted, 0.99));
                }
            }
        }
        System.out.printf("figure: p95 of a view %d, of a search %d%n", FIGURE, SEARCH_FIGURE);
        return good;
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }
}
