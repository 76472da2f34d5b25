package org.relevo.customers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The customers of the running workspace. */
@Service
public class Customers {

    /** A customer as lists name them. */
    public record Ref(CustomerId id, String name) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Customers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param undeliverable whether mail to the identity came back for good */
    private record Known(Ref ref, boolean undeliverable) {}

    /**
     * Whoever has {@code identity}; somebody new if nobody has. A real name replaces a name that was only an address.
     *
     * @param name what they call themselves; blank when they do not say
     */
    @Transactional
    public Ref recognise(Identity identity, String name) {
        return named(identity, name, find(identity).map(Known::ref));
    }

    /** As {@link #recognise}, for somebody who wrote just now: whatever came back before, they can be reached. */
    @Transactional
    public Ref heardFrom(Identity identity, String name) {
        var known = find(identity);
        if (known.filter(Known::undeliverable).isPresent()) {
            reachable(identity);
        }
        return named(identity, name, known.map(Known::ref));
    }

    private Ref named(Identity identity, String name, Optional<Ref> found) {
        var shown = name.isBlank() ? identity.value() : name.strip();
        return found.map(known -> known.name().equals(identity.value()) && !shown.equals(known.name())
                        ? rename(known.id(), shown)
                        : known)
                .orElseGet(() -> add(identity, shown));
    }

    private Optional<Known> find(Identity identity) {
        return jdbc.sql("""
                select c.id, c.name, i.undeliverable_since is not null as undeliverable
                from customers.identities i join customers.customers c on c.id = i.customer_id
                where i.workspace_id = platform.current_workspace() and i.kind = :kind and i.value = :value
                """)
                .param("kind", identity.kind().word())
                .param("value", identity.value())
                .query((row, _) -> new Known(
                        new Ref(new CustomerId(row.getObject("id", UUID.class)), row.getString("name")),
                        row.getBoolean("undeliverable")))
                .optional();
    }

    private Ref add(Identity identity, String name) {
        var id = new CustomerId(Uuid7.next());
        jdbc.sql(
                        "insert into customers.customers (id, workspace_id, name, created_at) values (:id, :workspace, :name, :at)")
                .param("id", id.value())
                .param("workspace", Workspace.required().value())
                .param("name", name)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        if (attach(id, identity)) {
            return new Ref(id, name);
        }
        jdbc.sql("delete from customers.customers where id = :id") // someone was quicker with the same address
                .param("id", id.value())
                .update();
        return find(identity).map(Known::ref).orElseThrow();
    }

    private boolean attach(CustomerId customer, Identity identity) {
        return jdbc.sql("""
                        insert into customers.identities (workspace_id, kind, value, customer_id)
                        values (:workspace, :kind, :value, :customer) on conflict do nothing
                        """)
                        .param("workspace", Workspace.required().value())
                        .param("kind", identity.kind().word())
                        .param("value", identity.value())
                        .param("customer", customer.value())
                        .update()
                == 1;
    }

    /** The customer with that id. */
    @Transactional(readOnly = true)
    public Optional<Customer> find(CustomerId id) {
        record Row(String name, String language, Instant since) {}
        return jdbc.sql("""
                select name, coalesce(language, '') as language, created_at from customers.customers
                where workspace_id = platform.current_workspace() and id = :id
                """)
                .param("id", id.value())
                .query((row, _) -> new Row(
                        row.getString("name"),
                        row.getString("language"),
                        row.getTimestamp("created_at").toInstant()))
                .optional()
                .map(row -> new Customer(
                        id, row.name(), row.language().isEmpty() ? null : row.language(), row.since(), identities(id)));
    }

    /** Those of {@code ids} that exist. */
    @Transactional(readOnly = true)
    public Map<CustomerId, Ref> named(Collection<CustomerId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                select id, name from customers.customers
                where workspace_id = platform.current_workspace() and id = any(:ids)
                """)
                .param("ids", ids.stream().map(CustomerId::value).distinct().toArray(UUID[]::new))
                .query((row, _) -> new Ref(new CustomerId(row.getObject("id", UUID.class)), row.getString("name")))
                .stream()
                .collect(Collectors.toMap(Ref::id, Function.identity()));
    }

    /** Notes that mail to {@code identity} came back for good. */
    @Transactional
    public void undeliverable(Identity identity, Instant since, String because) {
        jdbc.sql("""
                update customers.identities set undeliverable_since = :since, undeliverable_because = :because
                where workspace_id = platform.current_workspace() and kind = :kind and value = :value
                """)
                .param("since", Timestamp.from(since))
                .param("because", because)
                .param("kind", identity.kind().word())
                .param("value", identity.value())
                .update();
    }

    /** Notes that the owner of {@code identity} marked a mail of ours as unwanted. */
    @Transactional
    public void complained(Identity identity, Instant at) {
        jdbc.sql("""
                update customers.identities set complained_at = :at
                where workspace_id = platform.current_workspace() and kind = :kind and value = :value
                """)
                .param("at", Timestamp.from(at))
                .param("kind", identity.kind().word())
                .param("value", identity.value())
                .update();
    }

    private void reachable(Identity identity) {
        jdbc.sql("""
                update customers.identities set undeliverable_since = null, undeliverable_because = null
                where workspace_id = platform.current_workspace() and kind = :kind and value = :value
                """)
                .param("kind", identity.kind().word())
                .param("value", identity.value())
                .update();
    }

    /** What was reported about an address. */
    public record Reported(
            Identity identity,
            @Nullable Instant undeliverableSince,
            @Nullable String because,
            @Nullable Instant complainedAt) {}

    /** Those addresses of the customer about which something was reported. */
    @Transactional(readOnly = true)
    public List<Reported> reported(CustomerId customer) {
        return jdbc.sql("""
                select kind, value, undeliverable_since, undeliverable_because, complained_at from customers.identities
                where workspace_id = platform.current_workspace() and customer_id = :customer
                  and (undeliverable_since is not null or complained_at is not null)
                order by value
                """)
                .param("customer", customer.value())
                .query((row, _) -> new Reported(
                        identity(row),
                        instant(row, "undeliverable_since"),
                        row.getString("undeliverable_because"),
                        instant(row, "complained_at")))
                .list();
    }

    private static Identity identity(ResultSet row) throws SQLException {
        return new Identity(
                "phone".equals(row.getString("kind")) ? Identity.Kind.PHONE : Identity.Kind.EMAIL,
                row.getString("value"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private List<Identity> identities(CustomerId id) {
        return new ArrayList<>(jdbc.sql("""
                select kind, value from customers.identities
                where workspace_id = platform.current_workspace() and customer_id = :id order by kind, value
                """)
                .param("id", id.value())
                .query((row, _) -> identity(row))
                .list());
    }

    /**
     * Gives the customer another name.
     *
     * @throws ProblemException {@code not-found} if there is no such customer
     */
    @Transactional
    public Ref rename(CustomerId id, String name) {
        var renamed = jdbc.sql("""
                update customers.customers set name = :name
                where workspace_id = platform.current_workspace() and id = :id
                """).param("name", name).param("id", id.value()).update();
        if (renamed == 0) {
            throw ProblemException.notFound();
        }
        return new Ref(id, name);
    }
}
