package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.channels.email.Receiving;
import org.relevo.support.Conversation;
import org.relevo.support.Installation;
import org.relevo.support.Postfix;
import org.relevo.support.RelevoTest;
import org.relevo.support.SmtpLine;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.util.unit.DataSize;

/** A real Postfix that forwards a mailbox to us, as a shop's mail server does. */
@RelevoTest
class PostfixForwardingTests {

    private final TestShops shops;
    private final Mailboxes mailboxes;
    private final MailboxTable table;
    private final Forwarding forwarding;

    PostfixForwardingTests(TestShops shops, Mailboxes mailboxes, MailboxTable table, Forwarding forwarding) {
        this.shops = shops;
        this.mailboxes = mailboxes;
        this.table = table;
        this.forwarding = forwarding;
    }

    @Test
    void whatAServerForwardsIsShownOnceEvenIfItHadToComeAgain() throws IOException {
        var shop = shops.open();
        var port = Installation.freePort();
        try (var postfix = Postfix.forwarding(secret(shop), port)) {
            write(postfix); // nobody listens yet: Postfix keeps it and tries again
            try (var server = SmtpServer.open(settings(port), forwarding)) {
                write(postfix);

                var conversations = Conversation.all(shop, 2);
                assertThat(server.port()).isEqualTo(port);
                assertThat(conversations).hasSize(2);
                assertThat(conversations
                                .getFirst()
                                .messages(1)
                                .getFirst()
                                .at("/message/text")
                                .asString())
                        .isEqualTo("Hola\n.\n..fin");
            }
        }
    }

    private String secret(TestShop shop) {
        var unused = new MailServer("127.0.0.1", 1, MailServer.Security.NONE);
        return shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Shop",
                    Receiving.FORWARDING,
                    null,
                    unused,
                    shop.mailbox(),
                    TestShops.PASSWORD,
                    null,
                    0,
                    false,
                    List.of(),
                    null));
            return "in+" + table.all().getFirst().forwardingKey() + "@desk.example";
        });
    }

    private static void write(Postfix postfix) throws IOException {
        try (var line = new SmtpLine(postfix.port())) {
            line.say("EHLO tester");
            var mail =
                    "From: ana@mail.example\r\nSubject: Lamp\r\nMessage-ID: <%d@mail.example>\r\n\r\nHola\r\n.\r\n..fin\r\n"
                            .formatted(System.nanoTime());
            line.send(mail.getBytes(UTF_8), "shop@customer.example");
        }
    }

    private static SmtpSettings settings(int port) {
        var minute = Duration.ofMinutes(1);
        return new SmtpSettings(
                port,
                "127.0.0.1",
                "desk.example",
                DataSize.ofMegabytes(1),
                10,
                5,
                minute,
                minute,
                null,
                null,
                false,
                List.of());
    }
}
