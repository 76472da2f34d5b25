package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.relevo.channels.MailboxId;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.channels.outbound.Outgoing.Kind;
import org.relevo.channels.outbound.Outgoing.Nature;
import org.relevo.channels.outbound.Outgoing.Recipient;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.tickets.Delivery.State;
import org.relevo.tickets.TicketId;

/** What a machine answers has no return path and says so, so that no machine answers it (RFC 3834). */
@RelevoTest
class ReturnPathTests {

    private final MailSender sender;
    private final TestShop shop;

    ReturnPathTests(MailSender sender, TestShops shops) {
        this.sender = sender;
        this.shop = shops.open();
    }

    @Test
    void anAutomaticMailComesFromNobodyAndSaysThatItIsOne() throws Exception {
        try (var smtp = new ScriptedSmtp()) {
            var server = new MailServer("127.0.0.1", smtp.port(), MailServer.Security.NONE);
            var health = new Mailbox.Health(Mailbox.State.OK, Instant.EPOCH, null, null);
            var id = new MailboxId(UUID.randomUUID());
            var mailbox = new Mailbox(id, "hello@shop.example", "Shop", server, server, "hello", null, 0, true, health);

            shop.inside(() -> sender.send(automatic(id), mailbox, new MailAccount(server, server, "hello", "x")));

            assertThat(smtp.commands()).contains("MAIL FROM:<>");
            assertThat(smtp.mails().getFirst())
                    .contains("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All");
        }
    }

    private static Outgoing automatic(MailboxId mailbox) {
        return new Outgoing(
                UUID.randomUUID(),
                new TicketId(UUID.randomUUID()),
                mailbox.value(),
                "<a@shop.example>",
                new Outgoing.From("hello@shop.example", "Shop"),
                null,
                List.of(new Recipient(0, Kind.TO, "ana@customer.example", State.QUEUED, null)),
                "Hola",
                "Hola",
                "",
                List.of(),
                List.of(),
                Instant.EPOCH,
                Nature.AUTOMATIC,
                State.QUEUED,
                0,
                null);
    }
}
