package org.relevo.tickets;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.relevo.access.Actor;
import org.relevo.access.Workspaces;
import org.relevo.customers.Customers;
import org.relevo.orders.Orders;
import org.relevo.platform.Workspace;
import org.relevo.tickets.domain.Ticket;
import org.springframework.stereotype.Component;

/** What the variables of a prepared text stand for, for one writer and one ticket. What is not known is left out. */
@Component
class VariableValues {

    private final Customers customers;
    private final Orders orders;
    private final Workspaces workspaces;

    VariableValues(Customers customers, Orders orders, Workspaces workspaces) {
        this.customers = customers;
        this.orders = orders;
        this.workspaces = workspaces;
    }

    Map<Variable, String> of(Actor actor, Ticket ticket) {
        var values = new EnumMap<Variable, String>(Variable.class);
        values.put(Variable.AGENT_NAME, actor.name());
        values.put(Variable.TICKET_NUMBER, String.valueOf(ticket.number()));
        values.put(Variable.SHOP_NAME, workspaces.profile(Workspace.required()).name());
        var customer = customers.named(List.of(ticket.customer())).get(ticket.customer());
        if (customer != null && !customer.name().isBlank() && !isAddress(customer.name())) {
            values.put(Variable.CUSTOMER_NAME, customer.name());
        }
        if (ticket.order() != null) {
            orders.find(ticket.order()).ifPresent(order -> values.put(Variable.ORDER_NUMBER, order.number()));
        }
        return values;
    }

    /** Somebody who never gave a name is known by their address, which is no way to greet them. */
    private static boolean isAddress(String name) {
        return name.indexOf('@') >= 0;
    }
}
