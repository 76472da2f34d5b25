package org.relevo.tickets;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a prepared text may leave open. */
public enum Variable {
    CUSTOMER_NAME("customer.name"),
    AGENT_NAME("agent.name"),
    ORDER_NUMBER("order.number"),
    TICKET_NUMBER("ticket.number"),
    SHOP_NAME("shop.name");

    private final String word;

    Variable(String word) {
        this.word = word;
    }

    /** As people write it between braces. */
    public String word() {
        return word;
    }

    static Optional<Variable> of(String word) {
        return Arrays.stream(values())
                .filter(variable -> variable.word.equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Variable::word).collect(Collectors.joining(", "));
    }
}
