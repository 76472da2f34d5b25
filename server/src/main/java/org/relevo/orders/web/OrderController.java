package org.relevo.orders.web;

import org.relevo.access.Action;
import org.relevo.access.Requires;
import org.relevo.orders.Order;
import org.relevo.orders.Orders;
import org.relevo.platform.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders")
class OrderController {

    private static final int LONGEST_QUERY = 320;

    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    /** Orders by number or by the buyer's whole e-mail address, newest first, at most 20. */
    @GetMapping
    @Requires(Action.ORDER_READ)
    Page<Order> search(@RequestParam(defaultValue = "") String query) {
        var asked = query.strip();
        return Page.whole(
                asked.isEmpty() || asked.length() > LONGEST_QUERY ? java.util.List.of() : orders.search(asked));
    }
}
