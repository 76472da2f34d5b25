package org.relevo.platform.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.relevo.platform.StartFailure;

/**
 * Brings every module's schema up to date, in the order in which modules may call each other, and lets the application's
 * role use, but not own, what is in them.
 */
final class Migrations {

    /** The modules that own a schema, callers after those they call. */
    static final List<String> MODULES = List.of("platform", "access", "customers", "orders", "tickets", "channels");

    private Migrations() {}

    static Migrations run(DatabaseAddress address) {
        prepareApplicationRole(address);
        for (var module : MODULES) {
            migrate(address, module);
        }
        return new Migrations();
    }

    private static void migrate(DatabaseAddress address, String module) {
        try {
            Flyway.configure()
                    .dataSource(
                            address.url(),
                            address.owner().username(),
                            address.owner().password())
                    .schemas(module)
                    .table("schema_history")
                    .locations("classpath:db/migration/" + module)
                    .placeholders(Map.of("application", address.application().username()))
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StartFailure(
                    "The database could not be brought up to date (" + module + "): " + e.getMessage(), e);
        }
    }

    private static void prepareApplicationRole(DatabaseAddress address) {
        var role = address.application();
        try (var connection = DriverManager.getConnection(
                        address.url(),
                        address.owner().username(),
                        address.owner().password());
                var statement = connection.createStatement()) {
            var version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < 15) {
                throw new StartFailure("RELEVO needs PostgreSQL 15 or newer; this one is " + version + ".");
            }
            var name = statement.enquoteIdentifier(role.username(), true);
            var found = statement.executeQuery(
                    "select 1 from pg_roles where rolname = " + statement.enquoteLiteral(role.username()));
            if (!found.next()) {
                statement.execute(
                        "create role " + name + " login nosuperuser nobypassrls nocreatedb nocreaterole password "
                                + statement.enquoteLiteral(role.password()));
            }
            for (var module : MODULES) {
                statement.execute("create schema if not exists " + module);
                statement.execute("grant usage on schema " + module + " to " + name);
                statement.execute("alter default privileges in schema " + module
                        + " grant select, insert, update, delete on tables to " + name);
                statement.execute(
                        "alter default privileges in schema " + module + " grant usage on sequences to " + name);
            }
        } catch (SQLException e) {
            throw new StartFailure("The database at " + address.url() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
