package org.relevo.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.relevo.customers.Customers;
import org.relevo.customers.Identity;
import org.relevo.platform.Reason;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.tickets.MessageFacts.Automatic;
import org.relevo.tickets.MessageFacts.Sender;
import org.relevo.tickets.Tickets.Received;

/** A customer who writes in a matter that was solved long ago begins a new one that follows it. */
@RelevoTest
class FollowUpTests {

    private static final Reason ANSWERS = Reason.of("thread.references");

    private final TestShops shops;
    private final Tickets tickets;
    private final Customers customers;
    private final TicketProperties rules;

    FollowUpTests(TestShops shops, Tickets tickets, Customers customers, TicketProperties rules) {
        this.shops = shops;
        this.tickets = tickets;
        this.customers = customers;
        this.rules = rules;
    }

    @Test
    void soonAfterItWasSolvedTheMatterGoesOn() {
        var shop = shops.open();
        var solved = solved(shop);

        var again = writes(shop, solved, rules.followUpAfter().minusHours(1), MessageFacts.NONE);

        assertThat(again.ticket()).isEqualTo(solved);
        assertThat(status(shop, solved)).isEqualTo("open");
    }

    @Test
    void longAfterItWasSolvedANewOneFollowsIt() {
        var shop = shops.open();
        var solved = solved(shop);

        var next = writes(shop, solved, rules.followUpAfter().plusHours(1), MessageFacts.NONE);

        assertThat(next.ticket()).isNotEqualTo(solved);
        assertThat(status(shop, solved)).isEqualTo("solved");
        assertThat(shop.api()
                        .get("/tickets/" + next.ticket().value())
                        .ok()
                        .at("/followUpOf/id")
                        .asString())
                .isEqualTo(solved.value().toString());
    }

    @Test
    void aMachineFollowsNothing() {
        var shop = shops.open();
        var solved = solved(shop);
        var away = new Automatic(Automatic.Kind.AUTO_REPLY, Reason.of("automatic.none"), true);
        var facts = new MessageFacts(away, Sender.UNKNOWN, null, List.of(), "none", null);

        var note = writes(shop, solved, rules.followUpAfter().plusHours(1), facts);

        assertThat(note.ticket()).isEqualTo(solved);
        assertThat(status(shop, solved)).isEqualTo("solved");
    }

    private TicketId solved(TestShop shop) {
        var ticket = writes(shop, null, Duration.ZERO, MessageFacts.NONE).ticket();
        shop.api()
                .put("/tickets/" + ticket.value() + "/status", Map.of("status", "solved"))
                .ok();
        return ticket;
    }

    private static String status(TestShop shop, TicketId ticket) {
        return shop.api().get("/tickets/" + ticket.value()).ok().path("status").asString();
    }

    /** What Ana wrote so long after now. */
    private Received writes(TestShop shop, @Nullable TicketId thread, Duration later, MessageFacts facts) {
        var ana = "ana@mail.example";
        return shop.inside(() -> tickets.receive(
                Optional.ofNullable(thread),
                new ReceivedMessage(
                        new ReceivedMessage.Inbox(UUID.randomUUID(), shop.mailbox(), null),
                        customers.recognise(Identity.email(ana), "Ana"),
                        Instant.now().plus(later),
                        "Lamp",
                        ReceivedMessage.Words.of("Where is it?"),
                        new ReceivedMessage.Addresses(ana, ana, List.of(shop.mailbox()), List.of()),
                        List.of(),
                        Optional.empty(),
                        facts,
                        null,
                        false),
                ANSWERS));
    }
}
