package org.relevo.orders;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.jobs.JobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches what changed in a shop, round after round. What a webhook says is only a hint; this is what finds everything,
 * also what changed while either side was down. A failure is shown at the shop and tried again by itself.
 */
@Component
class ShopSync implements JobHandler {

    static final String KIND = "shop-sync";

    private static final Logger LOG = LoggerFactory.getLogger(ShopSync.class);
    private static final int PAGES = 20;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_PAUSE = 6; // doublings of the first: 32 minutes
    /** Shops note changes late and many at once: each round looks back a little. */
    private static final Duration OVERLAP = Duration.ofSeconds(60);

    private final ShopRounds rounds;
    private final List<ShopConnector> connectors;
    private final Clock clock;

    ShopSync(ShopRounds rounds, List<ShopConnector> connectors, Clock clock) {
        this.rounds = rounds;
        this.connectors = connectors;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Instant> run(UUID subject) {
        var shop = new ShopId(subject);
        var began = clock.instant();
        return rounds.open(shop).map(round -> {
            try {
                return goOn(round, began);
            } catch (ShopUnreachableException e) {
                LOG.info("Shop not reached: shop={} problem={}", shop.value(), e.slug());
                rounds.fail(shop, e.slug());
                return clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << Math.min(round.failures(), LONGEST_PAUSE)));
            }
        });
    }

    /** Fetches some pages; tells when to come back. */
    private Instant goOn(ShopRounds.Round round, Instant began) {
        var connector = connector(round.kind());
        var since = since(round.until());
        var next = round.next();
        for (var page = 0; page < PAGES; page++) {
            var batch = connector.changed(round.access(), since, next);
            rounds.keep(round.shop(), batch);
            next = batch.next();
            if (next == null) {
                var askedAgain = rounds.close(round.shop(), began);
                return askedAgain ? clock.instant() : clock.instant().plus(BETWEEN_ROUNDS);
            }
        }
        return clock.instant();
    }

    private static @Nullable Instant since(@Nullable Instant until) {
        return until == null ? null : until.minus(OVERLAP);
    }

    private ShopConnector connector(ShopKind kind) {
        return connectors.stream()
                .filter(connector -> connector.kind().equals(kind.word()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing is fetched from shops of kind " + kind + "."));
    }
}
