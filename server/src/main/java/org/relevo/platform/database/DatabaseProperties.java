package org.relevo.platform.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which PostgreSQL to use.
 *
 * @param url JDBC address of a PostgreSQL 15 or newer; when absent RELEVO runs its own, in the data folder
 * @param owner who owns the tables and runs the migrations (external server only)
 * @param application who the application connects as: owns nothing, bypasses nothing
 * @param binaries where the embedded server's programs are unpacked; by default inside the data folder
 * @param connections how many connections the application keeps at most
 * @param startLimit how long the embedded server may take to start, crash recovery included
 */
@ConfigurationProperties("relevo.database")
public record DatabaseProperties(
        @Nullable String url,
        @DefaultValue Owner owner,
        @DefaultValue Application application,
        @Nullable Path binaries,
        @DefaultValue("16") int connections,
        @DefaultValue("60s") Duration startLimit) {

    /**
     * The role that owns the schemas.
     *
     * @param username its name
     * @param password its password
     */
    public record Owner(
            @DefaultValue("relevo_owner") String username,
            @DefaultValue("") String password) {}

    /**
     * The role that the application works as; made by the owner if it is missing.
     *
     * @param username its name
     * @param password its password; the embedded server's is made and kept by itself
     */
    public record Application(
            @DefaultValue("relevo_app") String username,
            @DefaultValue("") String password) {}
}
