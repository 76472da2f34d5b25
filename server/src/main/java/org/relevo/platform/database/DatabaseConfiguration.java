package org.relevo.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.KeyRing;
import org.relevo.platform.RelevoProperties;
import org.relevo.platform.database.DatabaseAddress.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class DatabaseConfiguration {

    /** Closed last of all, and with it the embedded server. */
    record Database(DatabaseAddress address, @Nullable EmbeddedPostgres server) implements AutoCloseable {
        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }

    @Bean
    DataFolder dataFolder(RelevoProperties properties) {
        return DataFolder.take(properties.data());
    }

    @Bean
    KeyRing keyRing(DataFolder folder) {
        return KeyRing.open(folder.path().resolve("keys"));
    }

    @Bean
    Database database(DatabaseProperties properties, DataFolder folder, KeyRing keys) {
        var url = properties.url();
        if (url != null) {
            var owner =
                    new Role(properties.owner().username(), properties.owner().password());
            var application = new Role(
                    properties.application().username(),
                    properties.application().password());
            return new Database(new DatabaseAddress(url, owner, application), null);
        }
        var owner = new Role(EmbeddedPostgres.OWNER, keys.password("database-owner"));
        var application = new Role(properties.application().username(), keys.password("database-application"));
        var parent = properties.binaries() == null ? folder.path() : properties.binaries();
        var server = EmbeddedPostgres.start(
                folder.path().resolve("database"),
                PostgresBinaries.unpack(parent),
                owner.password(),
                properties.startLimit());
        return new Database(new DatabaseAddress(server.url(), owner, application), server);
    }

    @Bean
    Migrations migrations(Database database) {
        return Migrations.run(database.address());
    }

    @Bean
    DataSource dataSource(Database database, Migrations migrations, DatabaseProperties properties) {
        var role = database.address().application();
        var pool = new HikariConfig();
        pool.setPoolName("relevo");
        pool.setJdbcUrl(database.address().url());
        pool.setUsername(role.username());
        pool.setPassword(role.password());
        pool.setMaximumPoolSize(properties.connections());
        pool.setMinimumIdle(2);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("prepareThreshold", "3");
        pool.addDataSourceProperty("logServerErrorDetail", "false"); // details quote rows, and rows are about people
        return new HikariDataSource(pool);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new WorkspaceTransactionManager(dataSource);
    }
}
