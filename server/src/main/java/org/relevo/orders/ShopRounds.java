package org.relevo.orders;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.persistence.ShopTable;
import org.relevo.platform.Secrets;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is written down while a shop's orders are fetched: each method is one short transaction. */
@Service
class ShopRounds {

    static final String PURPOSE = "shop";

    /** A round that is under way, or begins. */
    record Round(
            ShopId shop,
            ShopKind kind,
            ShopConnector.Access access,
            @Nullable Instant until,
            @Nullable String next,
            int failures) {}

    private final ShopTable table;
    private final Orders orders;
    private final Secrets secrets;
    private final Events events;
    private final Clock clock;

    ShopRounds(ShopTable table, Orders orders, Secrets secrets, Events events, Clock clock) {
        this.table = table;
        this.orders = orders;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /** The round to go on with; empty when the shop is gone. */
    @Transactional(readOnly = true)
    Optional<Round> open(ShopId shop) {
        return table.sync(shop).map(row -> {
            var credentials = secrets.open(row.credentials(), PURPOSE).split("\n", 2);
            return new Round(
                    shop,
                    row.kind(),
                    new ShopConnector.Access(row.url(), credentials[0], credentials[1]),
                    row.until(),
                    row.next(),
                    row.failures());
        });
    }

    /** What {@link #open} reads. */
    static String credentials(ShopConnector.Access access) {
        return access.key() + "\n" + access.secret();
    }

    /** Stores a batch and how far we are, together. */
    @Transactional
    void keep(ShopId shop, ShopConnector.Batch batch) {
        var news = orders.store(shop, batch.orders());
        var until = batch.orders().stream()
                .map(NewOrder::changedAt)
                .max(Comparator.naturalOrder())
                .map(this::notAhead)
                .orElse(null);
        table.advance(shop, until, batch.next());
        if (news > 0) {
            events.append(Event.about("shop", shop.value()));
        }
    }

    /** A shop whose clock is ahead of ours must not make us skip what it changes next. */
    private Instant notAhead(Instant changed) {
        var now = clock.instant();
        return changed.isAfter(now) ? now : changed;
    }

    /** Ends a round well. Tells whether somebody asked for another one while it ran. */
    @Transactional
    boolean close(ShopId shop, Instant began) {
        var before = table.sync(shop);
        table.finish(shop, clock.instant());
        events.append(Event.about("shop", shop.value()));
        return before.map(ShopTable.SyncRow::askedAt)
                .filter(asked -> asked.isAfter(began))
                .isPresent();
    }

    @Transactional
    void fail(ShopId shop, String problem) {
        table.fail(shop, problem);
        events.append(Event.about("shop", shop.value()));
    }
}
