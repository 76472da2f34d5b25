package org.relevo.orders.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relevo.orders.ImportReport.Rejection;
import org.relevo.orders.NewOrder;
import org.relevo.platform.ProblemException;

/**
 * Orders as a sheet (CSV, RFC 4180): a header and one line for each line of an order. Columns may stand in any order, and
 * those that it does not know are left alone. Comma and semicolon are told apart by the header; with semicolons, decimals
 * may stand behind a comma, as spreadsheets write them where that is the custom.
 */
public final class OrderSheet {

    private static final int MOST = 100_000;

    private final ZoneId zone;
    private final Instant now;
    private final List<Rejection> rejected = new ArrayList<>();
    private final LinkedHashMap<String, SheetOrder> orders = new LinkedHashMap<>();

    /**
     * @param zone where times without an offset were noted
     * @param now when the orders changed, since a sheet does not say it
     */
    public OrderSheet(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /**
     * Reads the whole sheet.
     *
     * @throws ProblemException {@code import-not-orders}, {@code import-too-long}
     */
    public ReadOrders read(String text) {
        var separator = separator(text);
        var lines = 0;
        var last = 1;
        try (var records = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            SheetColumns columns = null;
            for (var csv : records) {
                last = Math.toIntExact(csv.getStartingLineNumber());
                if (columns == null) {
                    columns = header(csv, last);
                } else if (++lines > MOST) {
                    throw new ProblemException("import-too-long", 413, String.valueOf(MOST));
                } else {
                    line(csv, columns, new FieldReader(last, separator == ';', zone, rejected));
                }
            }
        } catch (CsvParseException e) {
            new FieldReader(last, false, zone, rejected).reject(null, "import-broken");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e); // a text does not fail to be read
        }
        if (lines == 0 && rejected.isEmpty()) {
            throw new ProblemException("import-not-orders", 422);
        }
        return new ReadOrders(whole(), rejected);
    }

    private static char separator(String text) {
        var header = text.lines().findFirst().orElse("");
        var semicolons = header.chars().filter(character -> character == ';').count();
        var commas = header.chars().filter(character -> character == ',').count();
        return semicolons > commas ? ';' : ',';
    }

    private SheetColumns header(CsvRecord csv, int line) {
        var names = csv.getFields().stream()
                .map(name -> unguarded(name).strip().toLowerCase(Locale.ROOT))
                .toList();
        var fields = new FieldReader(line, false, zone, rejected);
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .forEach(name -> fields.reject(name, "import-column-twice", name));
        SheetColumns.REQUIRED.stream()
                .filter(name -> !seen.contains(name))
                .forEach(name -> fields.reject(name, "import-column-missing", name));
        return new SheetColumns(names);
    }

    private void line(CsvRecord csv, SheetColumns columns, FieldReader fields) {
        if (columns.incomplete()) {
            return; // the header says it; a thousand lines need not repeat it
        }
        if (csv.getFieldCount() != columns.count()) {
            fields.reject(null, "import-columns", String.valueOf(csv.getFieldCount()), String.valueOf(columns.count()));
            return;
        }
        var row =
                columns.row(csv.getFields().stream().map(OrderSheet::unguarded).toList());
        var number = fields.required("number", row.get("number"));
        if (number.isEmpty()) {
            return;
        }
        var before = rejected.size();
        var order = orders.get(number);
        if (order == null) {
            order = new SheetOrder(row, fields, now);
            orders.put(number, order);
        } else {
            order.compare(row, fields);
        }
        order.add(row, fields);
        if (rejected.size() > before) {
            order.spoil();
        }
    }

    /** The value without the apostrophe that keeps spreadsheets from taking it for a formula. */
    private static String unguarded(String value) {
        var guarded = value.length() > 1 && value.charAt(0) == '\'' && "=+-@\t\r".indexOf(value.charAt(1)) >= 0;
        return guarded ? value.substring(1) : value;
    }

    private List<NewOrder> whole() {
        return orders.values().stream()
                .filter(order -> !order.spoiled())
                .map(SheetOrder::order)
                .toList();
    }
}
