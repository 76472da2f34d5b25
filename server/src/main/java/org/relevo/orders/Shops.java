package org.relevo.orders;

import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.relevo.orders.domain.HookSignature;
import org.relevo.orders.persistence.ShopTable;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Secrets;
import org.relevo.platform.events.Event;
import org.relevo.platform.events.Events;
import org.relevo.platform.jobs.Jobs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** The shops of the running workspace. */
@Service
public class Shops {

    private final ShopTable table;
    private final List<ShopConnector> connectors;
    private final Secrets secrets;
    private final Jobs jobs;
    private final Events events;
    private final Clock clock;
    private final TransactionOperations transactions;

    Shops(
            ShopTable table,
            List<ShopConnector> connectors,
            Secrets secrets,
            Jobs jobs,
            Events events,
            Clock clock,
            TransactionOperations transactions) {
        this.table = table;
        this.connectors = connectors;
        this.secrets = secrets;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Every connected shop, the oldest first. */
    @Transactional(readOnly = true)
    public List<Shop> all() {
        return table.all();
    }

    /**
     * The shop with that id.
     *
     * @throws ProblemException {@code not-found} if there is none
     */
    @Transactional(readOnly = true)
    public Shop find(ShopId id) {
        return table.find(id).orElseThrow(ProblemException::notFound);
    }

    /** Tries to reach the shop with what was given; keeps nothing. There is nothing to try with a generic shop. */
    public List<ShopConnector.Step> check(ConnectShop wish) {
        return switch (wish) {
            case ConnectShop.Generic _ -> List.of();
            case ConnectShop.WooCommerce shop -> connector(shop.kind()).check(shop.access());
        };
    }

    /**
     * Connects a shop after a check that succeeded, and fetches its orders from now on. Calls the shop before the
     * transaction begins.
     *
     * @throws ShopUnreachableException if the check fails; its slug says at what
     * @throws ProblemException {@code shop-connected} if it already is
     */
    public Shop connect(ConnectShop wish) {
        for (var step : check(wish)) {
            if (Boolean.FALSE.equals(step.ok())) {
                throw new ShopUnreachableException(Objects.requireNonNullElse(step.problem(), "shop-unreachable"));
            }
        }
        return Objects.requireNonNull(transactions.execute(_ -> add(wish)));
    }

    private Shop add(ConnectShop wish) {
        var row = row(wish);
        if (row.url() != null && table.connected(row.kind(), row.url())) {
            throw new ProblemException("shop-connected", 409);
        }
        var id = table.add(row, clock.instant());
        if (row.credentials() != null) {
            jobs.schedule(ShopSync.KIND, id.value(), clock.instant());
        }
        tell(id);
        return table.find(id).orElseThrow();
    }

    private ShopTable.NewRow row(ConnectShop wish) {
        return switch (wish) {
            case ConnectShop.Generic shop ->
                new ShopTable.NewRow(shop.kind(), shop.name(), shop.url(), null, null, ShopState.CONNECTED);
            case ConnectShop.WooCommerce shop ->
                new ShopTable.NewRow(
                        shop.kind(),
                        shop.name(),
                        shop.access().url(),
                        secrets.seal(ShopRounds.credentials(shop.access()), ShopRounds.PURPOSE),
                        secrets.seal(shop.access().secret(), ShopRounds.PURPOSE),
                        ShopState.SYNCING);
        };
    }

    /**
     * Fetches what changed, now instead of within minutes.
     *
     * @throws ProblemException {@code shop-pushes} if nothing is ever fetched from it
     */
    public void sync(ShopId id) {
        transactions.executeWithoutResult(_ -> {
            var shop = find(id);
            if (shop.kind() == ShopKind.GENERIC) {
                throw new ProblemException("shop-pushes", 409);
            }
            if (shop.state() == ShopState.CONNECTED) {
                table.state(id, ShopState.SYNCING);
            }
            table.ask(id, clock.instant());
            tell(id);
        });
        wake(id);
    }

    /**
     * Takes a webhook as a hint to fetch what changed. What it says of the order is not believed.
     *
     * @param signature as the shop sent it
     * @param body exactly as the shop sent it
     * @throws ProblemException {@code not-found} if there is no such shop, {@code hook-signature-wrong} if somebody else
     *     sent it
     */
    public void heard(ShopId id, String topic, String signature, byte[] body) {
        var wanted = Boolean.TRUE.equals(transactions.execute(_ -> {
            var secret = table.hookSecret(id).orElseThrow(ProblemException::notFound);
            if (!HookSignature.fits(signature, body, secrets.open(secret, ShopRounds.PURPOSE))) {
                throw new ProblemException("hook-signature-wrong", 401);
            }
            var order = topic.startsWith("order.");
            if (order) {
                table.ask(id, clock.instant());
            }
            return order;
        }));
        if (wanted) {
            wake(id);
        }
    }

    /** Wakes the job. One that is running sees at its end that it was asked again: see {@link ShopRounds#close}. */
    private void wake(ShopId id) {
        try {
            transactions.executeWithoutResult(_ -> jobs.schedule(ShopSync.KIND, id.value(), clock.instant()));
        } catch (TaskInstanceCurrentlyExecutingException running) {
            // it was asked before this line, so it will look again
        }
    }

    /**
     * Disconnects a shop: key and secret are forgotten, its job ends at its next turn, its orders stay.
     *
     * @throws ProblemException {@code not-found} if there is none
     */
    @Transactional
    public void remove(ShopId id) {
        if (!table.remove(id, clock.instant())) {
            throw ProblemException.notFound();
        }
        tell(id);
    }

    private void tell(ShopId id) {
        events.append(Event.about("shop", id.value()));
    }

    private ShopConnector connector(ShopKind kind) {
        return connectors.stream()
                .filter(connector -> connector.kind().equals(kind.word()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing is fetched from shops of kind " + kind + "."));
    }
}
