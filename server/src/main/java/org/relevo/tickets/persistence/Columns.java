package org.relevo.tickets.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads columns that may be empty. */
final class Columns {

    private Columns() {}

    static <T> @Nullable T id(ResultSet row, String column, Function<UUID, T> make) throws SQLException {
        var value = row.getObject(column, UUID.class);
        return value == null ? null : make.apply(value);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
