package org.relevo.tickets.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Action;
import org.relevo.access.Actor;
import org.relevo.access.Gate;
import org.relevo.access.Requires;
import org.relevo.access.Resource;
import org.relevo.customers.Customer;
import org.relevo.customers.CustomerId;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.orders.Order;
import org.relevo.orders.OrderStatus;
import org.relevo.orders.Orders;
import org.relevo.orders.ShopHealth;
import org.relevo.platform.Money;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Texts;
import org.relevo.tickets.TicketId;
import org.relevo.tickets.TicketStatus;
import org.relevo.tickets.domain.Ticket;
import org.relevo.tickets.domain.TicketRow;
import org.relevo.tickets.persistence.ParticipantTable;
import org.relevo.tickets.persistence.TicketTable;
import org.relevo.tickets.persistence.ViewQueries;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What stands beside a ticket: the customer, their orders, what they asked before. */
@RestController
@RequestMapping("/api/v1")
@Transactional
public class ContextController {

    private static final int PREVIOUS = 10;

    /**
     * What stands beside a ticket.
     *
     * @param doubtful the sender is not who it says: orders and history are left out until somebody trusts it
     */
    record TicketContext(
            CustomerView customer,
            List<Order> orders,
            OrdersState ordersState,
            List<PreviousTicket> previous,
            boolean doubtful,

            @Schema(description = "Addresses that wrote in the conversation and wait to be let in.")
            List<String> waiting) {}

    @Schema(name = "Customer")
    record CustomerView(
            CustomerId id,
            String name,
            Instant since,
            @Nullable String language,
            List<Identity> identities,
            @Nullable String address,
            int orders,
            List<Money> spent,
            List<Customers.Reported> reported) {}

    record OrdersState(
            boolean stale,
            @Nullable Instant syncedAt,
            @Nullable String problem) {}

    record PreviousTicket(
            TicketId id,
            long number,
            String subject,
            TicketStatus status,
            @Schema(allowableValues = "email") String channel,
            Instant at) {}

    record CustomerChange(@NotBlank @Size(max = 200) String name) {}

    private final ViewQueries views;
    private final TicketTable tickets;
    private final ParticipantTable participants;
    private final Customers customers;
    private final Orders orders;
    private final Gate gate;
    private final Texts texts;

    ContextController(
            ViewQueries views,
            TicketTable tickets,
            ParticipantTable participants,
            Customers customers,
            Orders orders,
            Gate gate,
            Texts texts) {
        this.views = views;
        this.tickets = tickets;
        this.participants = participants;
        this.customers = customers;
        this.orders = orders;
        this.gate = gate;
        this.texts = texts;
    }

    @GetMapping("/tickets/{id}/context")
    @Requires(Action.CUSTOMER_READ)
    TicketContext context(@PathVariable TicketId id, Actor actor, Locale reader) {
        var row = views.find(id, null).orElseThrow(ProblemException::notFound);
        gate.pass(actor, Action.CUSTOMER_READ, new Resource.Matter(row.team(), row.assignee()));
        var customer = customers.find(row.customer()).orElseThrow(ProblemException::notFound);
        var waiting = participants.waiting(id);
        if (tickets.find(id).filter(Ticket::doubtful).isPresent()) {
            return new TicketContext(
                    show(customer, List.of()), List.of(), state(orders.health(), reader), List.of(), true, waiting);
        }
        var bought = bought(row, customer);
        var previous = views.ofCustomer(row.customer(), id, gate.scope(actor), PREVIOUS).stream()
                .map(ContextController::previous)
                .toList();
        return new TicketContext(
                show(customer, bought), bought, state(orders.health(), reader), previous, false, waiting);
    }

    /** The customer's orders; the one the ticket is about first, even if somebody else bought it. */
    private List<Order> bought(TicketRow row, Customer customer) {
        var own = orders.of(customer.identities());
        if (row.order() == null) {
            return own;
        }
        var linked = orders.find(row.order());
        var others = own.stream().filter(order -> !order.id().equals(row.order()));
        return Stream.concat(linked.stream(), others).toList();
    }

    private CustomerView show(Customer customer, List<Order> bought) {
        var own = bought.stream().filter(order -> belongs(order, customer)).toList();
        var spent = own.stream()
                .filter(order -> order.status() != OrderStatus.CANCELLED && order.status() != OrderStatus.REFUNDED)
                .map(Order::total)
                .collect(Collectors.groupingBy(Money::currency, Collectors.reducing(Money::plus)));
        var address = own.stream()
                .map(Order::address)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new CustomerView(
                customer.id(),
                customer.name(),
                own.stream().map(Order::placedAt).min(Instant::compareTo).orElse(customer.since()),
                customer.language(),
                withPhones(customer, own),
                address,
                own.size(),
                spent.values().stream().flatMap(Optional::stream).toList(),
                customers.reported(customer.id()));
    }

    private static boolean belongs(Order order, Customer customer) {
        return order.email() != null && customer.identities().contains(Identity.email(order.email()));
    }

    private static List<Identity> withPhones(Customer customer, List<Order> own) {
        var phones = own.stream()
                .map(Order::phone)
                .filter(Objects::nonNull)
                .map(phone -> Identity.phone(Objects.requireNonNull(phone)));
        return Stream.concat(customer.identities().stream(), phones).distinct().toList();
    }

    private OrdersState state(ShopHealth health, Locale reader) {
        var problem = health.problem();
        return new OrdersState(
                problem != null,
                health.syncedAt(),
                problem == null ? null : texts.sentence(problem + ".detail", reader));
    }

    private static PreviousTicket previous(TicketRow row) {
        return new PreviousTicket(
                row.id(), row.number(), row.subject(), row.status(), row.channel(), row.lastMessageAt());
    }

    @PatchMapping("/customers/{id}")
    @Requires(Action.CUSTOMER_EDIT)
    CustomerView rename(@PathVariable CustomerId id, @Valid @RequestBody CustomerChange change) {
        customers.rename(id, change.name().strip());
        var customer = customers.find(id).orElseThrow(ProblemException::notFound);
        return show(customer, orders.of(customer.identities()));
    }
}
