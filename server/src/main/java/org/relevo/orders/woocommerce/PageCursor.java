package org.relevo.orders.woocommerce;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where reading goes on: a page of what was modified after an instant.
 *
 * <p>Page numbers alone lose orders: one that changes while we read moves to the end, every other moves up by one, and the
 * first of the next page slips onto the page we have read. So we read on from the last change that we have seen, and use
 * page numbers only among changes of one second. What is read twice is stored once.
 */
record PageCursor(@Nullable Instant after, int page) {

    static PageCursor read(@Nullable Instant since, @Nullable String next) {
        if (next == null) {
            return new PageCursor(since, 1);
        }
        var bar = next.indexOf('|');
        var after = bar == 0 ? null : Instant.parse(next.substring(0, bar));
        return new PageCursor(after, Integer.parseInt(next.substring(bar + 1)));
    }

    String text() {
        return (after == null ? "" : after) + "|" + page;
    }

    /**
     * The cursor after a full page.
     *
     * @param first when the first order of the page changed, as far as it says
     * @param last when the last one changed
     */
    PageCursor next(@Nullable Instant first, @Nullable Instant last) {
        if (last == null || first == null || (after != null && !first.isAfter(after))) {
            return new PageCursor(after, page + 1); // the shop does not sort or filter by change
        }
        var again = last.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        return after == null || again.isAfter(after) ? new PageCursor(again, 1) : new PageCursor(after, page + 1);
    }
}
