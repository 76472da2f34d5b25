package org.relevo.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/**
 * What became of a document of orders. All or nothing: one rejection, and none of them is stored.
 *
 * @param accepted orders without fault
 * @param imported whether they are stored now
 * @param encoding how the document was read: {@code UTF-8}, or {@code windows-1252} where it was not UTF-8
 */
public record ImportReport(int accepted, List<Rejection> rejected, boolean imported, String encoding) {

    /**
     * Something that cannot be taken.
     *
     * @param line of a sheet, the header being 1; of a JSON document the order's place in the list, from 1
     * @param field the column, or the path inside the order ({@code lines/0/total})
     */
    public record Rejection(int line, @Nullable String field, Reason reason) {}
}
