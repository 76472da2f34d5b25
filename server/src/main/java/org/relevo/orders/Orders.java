package org.relevo.orders;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relevo.customers.Identity;
import org.relevo.orders.domain.OrderNumbers;
import org.relevo.orders.persistence.OrderTable;
import org.relevo.platform.Reason;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The orders of the running workspace, from every connected shop. */
@Service
public class Orders {

    private static final int SHOWN = 20;

    private final OrderTable table;
    private final ApplicationEventPublisher events;

    Orders(OrderTable table, ApplicationEventPublisher events) {
        this.table = table;
        this.events = events;
    }

    /**
     * The order that a message is about: the one whose number stands in the subject or the text and is the sender's own;
     * else the one named, if the number alone is unmistakable; else the sender's newest order.
     *
     * @param from who wrote
     * @param subject without its "Re:" it may be all that names the order
     * @param text what they wrote, without what they quote
     */
    @Transactional(readOnly = true)
    public Optional<OrderMatch> match(Identity from, String subject, String text) {
        var named = table.named(OrderNumbers.candidates(subject + "\n" + text));
        var own = table.newestOf(from, SHOWN);
        var ownNamed = named.stream().filter(own::contains).findFirst();
        if (ownNamed.isPresent()) {
            return ownNamed.map(order -> new OrderMatch(order, Reason.of("order.number-and-sender", order.number())));
        }
        if (named.size() == 1) {
            var order = named.getFirst();
            return Optional.of(new OrderMatch(order, Reason.of("order.number-only", order.number(), from.value())));
        }
        return own.stream()
                .findFirst()
                .map(order -> new OrderMatch(
                        order,
                        own.size() == 1
                                ? Reason.of("order.sender-only", from.value())
                                : Reason.of("order.sender-newest", from.value(), String.valueOf(own.size()))));
    }

    /** The orders of whoever has one of {@code identities}, newest first, at most 20. */
    @Transactional(readOnly = true)
    public List<Order> of(Collection<Identity> identities) {
        return table.of(identities, SHOWN);
    }

    /** The order with that id. */
    @Transactional(readOnly = true)
    public Optional<Order> find(OrderId id) {
        return table.find(id);
    }

    /** Those of {@code ids} that exist. */
    @Transactional(readOnly = true)
    public Map<OrderId, OrderRef> named(Collection<OrderId> ids) {
        return table.refs(ids);
    }

    /** Orders by number or by the buyer's whole address, newest first, at most 20. */
    @Transactional(readOnly = true)
    public List<Order> search(String query) {
        return table.search(query.strip(), SHOWN);
    }

    /** How fresh the orders are. */
    @Transactional(readOnly = true)
    public ShopHealth health() {
        return table.health();
    }

    /** Stores what {@code shop} says of its orders; whatever we know in a newer version stays. Tells how many were news. */
    @Transactional
    public int store(ShopId shop, List<NewOrder> orders) {
        var stored = table.store(shop, orders);
        stored.forEach(events::publishEvent);
        return stored.size();
    }
}
