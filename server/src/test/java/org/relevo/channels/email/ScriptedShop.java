package org.relevo.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** A shop that reads at the office and sends through a port of the test's choice. */
record ScriptedShop(TestShop shop, Post post, String mailbox) {

    static ScriptedShop open(TestShops shops, Mailboxes mailboxes, int smtpPort) {
        var shop = shops.open();
        shops.office().createAccount(shop.mailbox(), TestShops.PASSWORD);
        var id = shop.inside(() -> {
            mailboxes.put(new Mailboxes.Settings(
                    shop.mailbox(),
                    "Tienda Niño",
                    new MailServer("127.0.0.1", shops.office().imapPort(), MailServer.Security.NONE),
                    new MailServer("127.0.0.1", smtpPort, MailServer.Security.NONE),
                    shop.mailbox(),
                    TestShops.PASSWORD,
                    null,
                    3650,
                    true));
            return shop.api().get("/mailboxes").ok().at("/items/0/id").asString();
        });
        return new ScriptedShop(shop, new Post(shops.office()), id);
    }

    /** A customer wrote; the ticket that came of it. */
    Conversation conversation() {
        return conversation("ana@customer.example");
    }

    Conversation conversation(String customer, String... moreHeaders) {
        post.send("""
                From: Ana Ruiz <%s>
                To: %s
                %sSubject: ¿Dónde está mi lámpara?
                Message-ID: <question@mail.example>

                Hola
                """.formatted(customer, shop.mailbox(), lines(moreHeaders)), shop.mailbox());
        return Conversation.only(shop);
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\n", headers) + "\n";
    }

    /** The customer writes once more. */
    void customerWritesAgain(String customer) {
        post.send("""
                From: Ana Ruiz <%s>
                To: %s
                Subject: Re: ¿Dónde está mi lámpara?
                Message-ID: <again@mail.example>
                In-Reply-To: <question@mail.example>

                ¿Hola?
                """.formatted(customer, shop.mailbox()), shop.mailbox());
    }

    /** The customer's machine says that they do not read now. */
    void customerIsAway(String customer) {
        post.send("""
                From: Ana Ruiz <%s>
                To: %s
                Subject: Automatic reply: ¿Dónde está mi lámpara?
                Message-ID: <away@mail.example>
                In-Reply-To: <question@mail.example>
                Auto-Submitted: auto-replied

                I am away.
                """.formatted(customer, shop.mailbox()), shop.mailbox());
    }

    JsonNode sender(Map<String, Object> sender) {
        return shop.api().post("/mailboxes/" + mailbox + "/senders", sender).ok();
    }

    JsonNode sending(Conversation conversation) {
        return shop.api().get("/tickets/" + conversation.id() + "/sending").ok();
    }

    static MimeMessage parsed(String mail) {
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
