package org.relevo.orders.imports;

import java.util.HashSet;
import java.util.List;

/** The columns of a sheet, by the names in its header. */
record SheetColumns(List<String> names) {

    static final List<String> REQUIRED = List.of(
            "number",
            "placed_at",
            "status",
            "currency",
            "total",
            "customer_name",
            "line_name",
            "line_quantity",
            "line_total");

    /** One line of the sheet. */
    record Row(SheetColumns columns, List<String> values) {

        /** What stands in {@code column}; empty when the sheet has no such column. */
        String get(String column) {
            var place = columns.names.indexOf(column);
            return place < 0 ? "" : values.get(place).strip();
        }
    }

    int count() {
        return names.size();
    }

    /** Whether lines cannot be read: a column is missing or stands there twice. */
    boolean incomplete() {
        var named = names.stream().filter(name -> !name.isEmpty()).toList();
        return !names.containsAll(REQUIRED) || new HashSet<>(named).size() < named.size();
    }

    Row row(List<String> values) {
        return new Row(this, values);
    }
}
