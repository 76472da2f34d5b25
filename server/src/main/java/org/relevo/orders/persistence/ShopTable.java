package org.relevo.orders.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.Shop;
import org.relevo.orders.ShopId;
import org.relevo.orders.ShopKind;
import org.relevo.orders.ShopState;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code orders.shops}. Every method runs in its caller's transaction and workspace. */
@Repository
public class ShopTable {

    /**
     * A shop to write.
     *
     * @param credentials sealed, as {@code hookSecret}
     */
    @SuppressWarnings("ArrayRecordComponent") // carried once, never compared
    public record NewRow(
            ShopKind kind,
            String name,
            @Nullable String url,
            byte @Nullable [] credentials,
            byte @Nullable [] hookSecret,
            ShopState state) {}

    /** How far the fetching of a shop's orders is. */
    @SuppressWarnings("ArrayRecordComponent") // carried once, never compared
    public record SyncRow(
            ShopKind kind,
            String url,
            byte[] credentials,
            ShopState state,
            @Nullable Instant until,
            @Nullable String next,
            @Nullable Instant askedAt,
            int failures) {}

    private static final String CONNECTED =
            " from orders.shops s where s.workspace_id = platform.current_workspace() and s.removed_at is null";
    private static final String SHOP = """
            select s.id, s.kind, s.name, s.url, s.state, s.problem, s.synced_at,
                   (select count(*) from orders.orders o
                    where o.workspace_id = s.workspace_id and o.shop_id = s.id) as orders
            """;

    private final JdbcClient jdbc;

    ShopTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Shop> all() {
        return jdbc.sql(SHOP + CONNECTED + " order by s.created_at, s.id")
                .query((row, _) -> shop(row))
                .list();
    }

    public Optional<Shop> find(ShopId id) {
        return jdbc.sql(SHOP + CONNECTED + " and s.id = :id")
                .param("id", id.value())
                .query((row, _) -> shop(row))
                .optional();
    }

    /** Whether a connected shop has that address already. */
    public boolean connected(ShopKind kind, String url) {
        return jdbc.sql("select exists (select 1" + CONNECTED + " and s.kind = :kind and s.url = :url)")
                .param("kind", kind.word())
                .param("url", url)
                .query(Boolean.class)
                .single();
    }

    /** Writes a shop. One that was removed takes up its old place, so that its orders are not there twice. */
    public ShopId add(NewRow shop, Instant now) {
        return revive(shop).orElseGet(() -> insert(shop, now));
    }

    private Optional<ShopId> revive(NewRow shop) {
        return jdbc.sql("""
                update orders.shops set name = :name, url = :url, credentials = :credentials, hook_secret = :hookSecret,
                  state = :state, problem = null, removed_at = null, sync_next = null, sync_failures = 0
                where id = (select id from orders.shops
                            where workspace_id = platform.current_workspace() and removed_at is not null
                              and kind = :kind and (url = :url or (kind = 'generic' and name = :name))
                            order by removed_at desc limit 1)
                returning id
                """)
                .param("kind", shop.kind().word())
                .param("name", shop.name())
                .param("url", shop.url())
                .param("credentials", shop.credentials())
                .param("hookSecret", shop.hookSecret())
                .param("state", shop.state().word())
                .query(UUID.class)
                .optional()
                .map(ShopId::new);
    }

    private ShopId insert(NewRow shop, Instant now) {
        var id = new ShopId(Uuid7.next());
        jdbc.sql("""
                insert into orders.shops (id, workspace_id, kind, name, url, credentials, hook_secret, state, created_at)
                values (:id, :workspace, :kind, :name, :url, :credentials, :hookSecret, :state, :now)
                """)
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("kind", shop.kind().word())
                .param("name", shop.name())
                .param("url", shop.url())
                .param("credentials", shop.credentials())
                .param("hookSecret", shop.hookSecret())
                .param("state", shop.state().word())
                .param("now", Timestamp.from(now))
                .update();
        return id;
    }

    /** Forgets key and secret and hides the shop; its orders stay. Tells whether there was one. */
    public boolean remove(ShopId id, Instant now) {
        return jdbc.sql("""
                        update orders.shops set removed_at = :now, credentials = null, hook_secret = null, problem = null
                        where workspace_id = platform.current_workspace() and id = :id and removed_at is null
                        """)
                        .param("now", Timestamp.from(now))
                        .param("id", id.value())
                        .update()
                > 0;
    }

    /** The sealed secret that signs the shop's webhooks; empty if there is no such shop, or it signs none. */
    public Optional<byte[]> hookSecret(ShopId id) {
        return jdbc.sql("select s.hook_secret" + CONNECTED + " and s.hook_secret is not null and s.id = :id")
                .param("id", id.value())
                .query((row, _) -> row.getBytes("hook_secret"))
                .optional();
    }

    /** What a round of fetching needs; empty if the shop is gone or nothing is fetched from it. */
    public Optional<SyncRow> sync(ShopId id) {
        return jdbc.sql("""
                select s.kind, s.url, s.credentials, s.state, s.synced_until, s.sync_next, s.sync_asked_at, s.sync_failures
                """ + CONNECTED + " and s.credentials is not null and s.url is not null and s.id = :id")
                .param("id", id.value())
                .query((row, _) -> new SyncRow(
                        ShopKind.of(row.getString("kind")),
                        row.getString("url"),
                        row.getBytes("credentials"),
                        ShopState.of(row.getString("state")),
                        instant(row.getTimestamp("synced_until")),
                        row.getString("sync_next"),
                        instant(row.getTimestamp("sync_asked_at")),
                        row.getInt("sync_failures")))
                .optional();
    }

    /** Notes that a round is wanted. */
    public void ask(ShopId id, Instant now) {
        jdbc.sql(
                        "update orders.shops set sync_asked_at = :now where workspace_id = platform.current_workspace() and id = :id")
                .param("now", Timestamp.from(now))
                .param("id", id.value())
                .update();
    }

    /** Notes how far a round has come; never goes back. */
    public void advance(ShopId id, @Nullable Instant until, @Nullable String next) {
        jdbc.sql("""
                update orders.shops set synced_until = greatest(synced_until, :until::timestamptz), sync_next = :next
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("until", until == null ? null : Timestamp.from(until))
                .param("next", next)
                .param("id", id.value())
                .update();
    }

    public void state(ShopId id, ShopState state) {
        jdbc.sql(
                        "update orders.shops set state = :state where workspace_id = platform.current_workspace() and id = :id")
                .param("state", state.word())
                .param("id", id.value())
                .update();
    }

    public void finish(ShopId id, Instant now) {
        jdbc.sql("""
                update orders.shops set state = 'connected', problem = null, synced_at = :now, sync_failures = 0
                where workspace_id = platform.current_workspace() and id = :id
                """).param("now", Timestamp.from(now)).param("id", id.value()).update();
    }

    public void fail(ShopId id, String problem) {
        jdbc.sql("""
                update orders.shops set state = 'failing', problem = :problem, sync_failures = sync_failures + 1
                where workspace_id = platform.current_workspace() and id = :id
                """).param("problem", problem).param("id", id.value()).update();
    }

    private static Shop shop(ResultSet row) throws SQLException {
        return new Shop(
                new ShopId(row.getObject("id", UUID.class)),
                ShopKind.of(row.getString("kind")),
                row.getString("name"),
                row.getString("url"),
                ShopState.of(row.getString("state")),
                row.getString("problem"),
                instant(row.getTimestamp("synced_at")),
                row.getLong("orders"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
