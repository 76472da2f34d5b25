package org.relevo.orders.persistence;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.customers.Identity;
import org.relevo.orders.NewOrder;
import org.relevo.orders.Order;
import org.relevo.orders.OrderArrived;
import org.relevo.orders.OrderId;
import org.relevo.orders.OrderRef;
import org.relevo.orders.OrderStatus;
import org.relevo.orders.ShopHealth;
import org.relevo.orders.ShopId;
import org.relevo.orders.domain.OrderNumbers;
import org.relevo.platform.Money;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code orders.orders}. Every method runs in its caller's transaction and workspace. */
@Repository
public class OrderTable {

    private static final TypeReference<List<Order.Line>> LINES = new TypeReference<>() {};
    private static final TypeReference<List<Order.Shipment>> SHIPMENTS = new TypeReference<>() {};
    private static final RowMapper<OrderRef> REF = (row, _) -> new OrderRef(
            new OrderId(row.getObject("id", UUID.class)),
            row.getString("number"),
            OrderStatus.of(row.getString("status")));
    private static final String SELECT = """
            select o.id, o.number, o.status, o.placed_at, o.currency, o.total, o.refunded, o.payment, o.url, o.customer_name,
                   o.email, o.phone, o.address, o.lines, o.shipments, s.name as shop_name
            from orders.orders o join orders.shops s on s.id = o.shop_id
            where o.workspace_id = platform.current_workspace()
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OrderTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public List<OrderRef> named(List<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                select id, number, status from orders.orders
                where workspace_id = platform.current_workspace() and number_key = any(:keys)
                order by placed_at desc limit 20
                """)
                .param("keys", keys.toArray(String[]::new))
                .query(REF)
                .list();
    }

    public List<OrderRef> newestOf(Identity identity, int limit) {
        var column = identity.kind() == Identity.Kind.EMAIL ? "email_key" : "phone_key";
        return jdbc.sql(
                        "select id, number, status from orders.orders where workspace_id = platform.current_workspace() and "
                                + column + " = :value order by placed_at desc limit :limit")
                .param("value", identity.value())
                .param("limit", limit)
                .query(REF)
                .list();
    }

    public List<Order> of(Collection<Identity> identities, int limit) {
        return jdbc.sql(SELECT + """
                  and (o.email_key = any(:emails) or o.phone_key = any(:phones))
                order by o.placed_at desc limit :limit
                """)
                .param("emails", values(identities, Identity.Kind.EMAIL))
                .param("phones", values(identities, Identity.Kind.PHONE))
                .param("limit", limit)
                .query(this::order)
                .list();
    }

    private static String[] values(Collection<Identity> identities, Identity.Kind kind) {
        return identities.stream()
                .filter(identity -> identity.kind() == kind)
                .map(Identity::value)
                .toArray(String[]::new);
    }

    public Optional<Order> find(OrderId id) {
        return jdbc.sql(SELECT + " and o.id = :id")
                .param("id", id.value())
                .query(this::order)
                .optional();
    }

    public Map<OrderId, OrderRef> refs(Collection<OrderId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                select id, number, status from orders.orders
                where workspace_id = platform.current_workspace() and id = any(:ids)
                """)
                .param("ids", ids.stream().map(OrderId::value).distinct().toArray(UUID[]::new))
                .query(REF)
                .stream()
                .collect(Collectors.toMap(OrderRef::id, Function.identity()));
    }

    public List<Order> search(String query, int limit) {
        return jdbc.sql(SELECT + """
                  and (o.number_key = :key or o.email_key = lower(:query))
                order by o.placed_at desc limit :limit
                """)
                .param("key", OrderNumbers.key(query))
                .param("query", query)
                .param("limit", limit)
                .query(this::order)
                .list();
    }

    public ShopHealth health() {
        return jdbc.sql("""
                select min(synced_at) as synced_at, max(problem) filter (where state = 'failing') as problem
                from orders.shops where workspace_id = platform.current_workspace() and removed_at is null
                  and kind <> 'generic'
                """)
                .query((row, _) -> new ShopHealth(instant(row.getTimestamp("synced_at")), row.getString("problem")))
                .single();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** Inserts or updates; tells those that are new or newer than what we had. */
    public List<OrderArrived> store(ShopId shop, List<NewOrder> orders) {
        var stored = new ArrayList<OrderArrived>();
        for (var order : orders) {
            store(shop, order).ifPresent(stored::add);
        }
        return stored;
    }

    private Optional<OrderArrived> store(ShopId shop, NewOrder order) {
        var email = order.email() == null ? null : Identity.email(order.email()).value();
        return jdbc.sql("""
                insert into orders.orders (id, workspace_id, shop_id, external_id, number, number_key, status, placed_at,
                  changed_at, currency, total, refunded, payment, url, customer_name, email_key, phone_key, email, phone,
                  address, lines, shipments)
                values (:id, :workspace, :shop, :externalId, :number, :numberKey, :status, :placedAt, :changedAt, :currency,
                  :total, :refunded, :payment, :url, :customerName, :emailKey, :phoneKey, :email, :phone, :address,
                  :lines::jsonb, :shipments::jsonb)
                on conflict (workspace_id, shop_id, external_id) do update set
                  number = excluded.number, number_key = excluded.number_key, status = excluded.status,
                  placed_at = excluded.placed_at, changed_at = excluded.changed_at, currency = excluded.currency,
                  total = excluded.total, refunded = excluded.refunded, payment = excluded.payment, url = excluded.url,
                  customer_name = excluded.customer_name, email_key = excluded.email_key, phone_key = excluded.phone_key,
                  email = excluded.email, phone = excluded.phone, address = excluded.address, lines = excluded.lines,
                  shipments = excluded.shipments
                where orders.changed_at <= excluded.changed_at
                returning id, number, status
                """)
                .param("id", Uuid7.next())
                .param("workspace", Workspace.required().value())
                .param("shop", shop.value())
                .param("externalId", order.externalId())
                .param("number", order.number())
                .param("numberKey", OrderNumbers.key(order.number()))
                .param("status", order.status().word())
                .param("placedAt", Timestamp.from(order.placedAt()))
                .param("changedAt", Timestamp.from(order.changedAt()))
                .param("currency", order.total().currency().getCurrencyCode())
                .param("total", order.total().amount())
                .param(
                        "refunded",
                        order.refunded() == null ? null : order.refunded().amount())
                .param("payment", order.payment())
                .param("url", order.url())
                .param("customerName", order.customerName())
                .param("emailKey", email)
                .param(
                        "phoneKey",
                        order.phone() == null
                                ? null
                                : Identity.phone(order.phone()).value())
                .param("email", order.email())
                .param("phone", order.phone())
                .param("address", order.address())
                .param("lines", json.writeValueAsString(order.lines()))
                .param("shipments", json.writeValueAsString(order.shipments()))
                .query(REF)
                .optional()
                .map(ref -> new OrderArrived(ref, email));
    }

    private Order order(ResultSet row, int number) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new Order(
                new OrderId(row.getObject("id", UUID.class)),
                row.getString("number"),
                OrderStatus.of(row.getString("status")),
                row.getTimestamp("placed_at").toInstant(),
                new Money(row.getBigDecimal("total"), currency),
                row.getString("payment"),
                row.getString("url"),
                row.getString("customer_name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("address"),
                json.readValue(row.getString("lines"), LINES),
                json.readValue(row.getString("shipments"), SHIPMENTS),
                money(row.getBigDecimal("refunded"), currency),
                row.getString("shop_name"));
    }

    private static @Nullable Money money(@Nullable BigDecimal amount, Currency currency) {
        return amount == null ? null : new Money(amount, currency);
    }
}
