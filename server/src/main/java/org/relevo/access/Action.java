package org.relevo.access;

import java.util.Locale;

/** Everything that somebody may be allowed to do. Each route declares one ({@link Requires}). */
public enum Action {
    TICKET_READ,
    TICKET_REPLY,
    TICKET_NOTE,
    TICKET_ASSIGN,
    TICKET_STATUS,
    TICKET_TAG,
    TICKET_LINK_ORDER,
    TEMPLATE_MANAGE,
    CUSTOMER_READ,
    CUSTOMER_EDIT,
    ORDER_READ,
    ORDER_PUSH,
    PEOPLE_READ,
    PEOPLE_INVITE,
    TEAM_MANAGE,
    TOKEN_MANAGE,
    MAILBOX_READ,
    MAILBOX_MANAGE,
    INBOUND_RETRY,
    SHOP_READ,
    SHOP_MANAGE,
    WORKSPACE_MANAGE,
    SELF_MANAGE;

    /** The name on the wire: {@code ticket:reply}, {@code ticket:link-order}. */
    public String permission() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ":").replace('_', '-');
    }
}
