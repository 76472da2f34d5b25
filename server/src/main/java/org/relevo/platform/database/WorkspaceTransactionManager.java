package org.relevo.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * Tells the database, at the start of each transaction, which workspace the work belongs to. Row-level security reads
 * it; outside a workspace it is empty and no business row is visible.
 */
final class WorkspaceTransactionManager extends JdbcTransactionManager {

    WorkspaceTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        var workspace = Workspace.current().map(Object::toString).orElse("");
        var person = Workspace.person().map(UUID::toString).orElse("");
        if (workspace.isEmpty() && person.isEmpty()) {
            return;
        }
        try (var setting = connection.prepareStatement(
                "select set_config('relevo.workspace', ?, true), set_config('relevo.person', ?, true)")) {
            setting.setString(1, workspace);
            setting.setString(2, person);
            setting.execute();
        }
    }
}
