package org.relevo.channels;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.relevo.tickets.Delivery;
import org.springframework.stereotype.Component;

/** What the channels count for Prometheus: arrivals by how they ended, replies by how far they came. */
@Component
public class ChannelMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> arrivals = new ConcurrentHashMap<>();
    private final Map<Delivery.State, Counter> replies = new ConcurrentHashMap<>();

    ChannelMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** An arrival was taken in ({@code done}, {@code duplicate}, {@code unreadable}) or failed by our fault ({@code failed}). */
    public void arrival(String outcome) {
        arrivals.computeIfAbsent(
                        outcome,
                        word -> Counter.builder("relevo.inbound.items")
                                .tag("outcome", word)
                                .register(registry))
                .increment();
    }

    /** A reply came as far as {@code state}. */
    public void reply(Delivery.State state) {
        replies.computeIfAbsent(
                        state,
                        word -> Counter.builder("relevo.outbound.replies")
                                .tag("state", word.word())
                                .register(registry))
                .increment();
    }
}
