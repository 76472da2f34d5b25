package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.platform.Workspace;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Workspaces never meet (promise 6): row-level security on every table, forced, for a role that cannot bypass it. */
@RelevoTest
class WallsTests {

    /** Tables without a wall, and why that is safe. */
    private static final Map<String, String> WITHOUT = Map.of(
            "access.workspaces", "names only: whoever signs in must find the workspace before they can be in it",
            "access.credentials", "a keyed digest of an address and a hash, looked up before a workspace is known",
            "access.session", "Spring Session's: ids of sessions, no business data",
            "access.session_attributes", "Spring Session's: ids of a person and a workspace",
            "platform.scheduled_tasks", "db-scheduler's: ids only");

    private final JdbcClient jdbc;
    private final TestShops shops;
    private final TransactionTemplate transaction;

    WallsTests(JdbcClient jdbc, TestShops shops, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.shops = shops;
        this.transaction = transaction;
    }

    @Test
    void everyTableHasAForcedWallOrAReasonWhyNot() {
        var open = jdbc.sql("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                  and c.relname <> 'schema_history' and not (c.relrowsecurity and c.relforcerowsecurity)
                """).query(String.class).list();

        assertThat(open).containsExactlyInAnyOrderElementsOf(WITHOUT.keySet());
    }

    @Test
    void theApplicationsRoleOwnsNothingAndBypassesNothing() {
        var owned = jdbc.sql("select count(*) from pg_class where relowner = current_user::regrole")
                .query(Long.class)
                .single();
        var powers = jdbc.sql("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();

        assertThat(owned).isZero();
        assertThat(powers).isFalse();
    }

    @Test
    void outsideAWorkspaceNoRowIsVisible() {
        shops.open();

        assertThat(jdbc.sql("select count(*) from access.memberships")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from access.people")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aWorkspaceSeesItsOwnRowsOnly() {
        var one = shops.open();
        shops.open();

        var names = Workspace.call(
                one.id(),
                () -> transaction.execute(_ -> jdbc.sql("select distinct workspace_id from access.memberships")
                        .query(java.util.UUID.class)
                        .list()));

        assertThat(names).containsExactly(one.id().value());
    }

    @Test
    void theTimelineCannotBeRewritten() {
        var allowed = jdbc.sql("""
                select has_table_privilege('tickets.timeline', 'update') or has_table_privilege('tickets.timeline', 'delete')
                    or has_table_privilege('platform.events', 'update') or has_table_privilege('access.audit', 'delete')
                """).query(Boolean.class).single();

        assertThat(allowed).isFalse();
    }
}
