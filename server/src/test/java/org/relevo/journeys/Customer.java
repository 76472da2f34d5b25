package org.relevo.journeys;

import java.util.List;
import java.util.UUID;
import org.relevo.support.Post;
import org.relevo.support.TestShop;

/** Somebody who writes to a shop by mail. */
record Customer(String name, String address, TestShop shop, Post post) {

    static Customer named(String name, TestShop shop, Post post) {
        var local = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.');
        return new Customer(name, local + "@" + shop.domain() + ".customer.example", shop, post);
    }

    /** Sends a plain mail; returns its Message-ID. */
    String writes(String subject, String text) {
        return writes(subject, text, "");
    }

    /** Answers the mail with {@code id}. */
    String answers(String id, String subject, String text) {
        return writes(subject, text, "In-Reply-To: " + id + "\n");
    }

    /** Answers a mail that {@code id} names at the address {@code to} that it gave for answers. */
    String answersTo(String to, String id, String subject, String text) {
        return writes(to, subject, text, "In-Reply-To: " + id + "\n");
    }

    private String writes(String subject, String text, String header) {
        return writes(shop.mailbox(), subject, text, header);
    }

    private String writes(String to, String subject, String text, String header) {
        var id = "<" + UUID.randomUUID() + "@mail.example>";
        post.send("""
                From: %s <%s>
                To: %s
                Subject: %s
                Message-ID: %s
                %sMIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                %s
                """.formatted(name, address, to, subject, id, header, text), shop.mailbox());
        return id;
    }

    /** Sends a mail whose MIME structure is {@code content}, from its Content-Type on. */
    void sends(String subject, String content) {
        post.send("""
                From: %s <%s>
                To: %s
                Subject: %s
                Message-ID: <%s@mail.example>
                MIME-Version: 1.0
                %s""".formatted(name, address, shop.mailbox(), subject, UUID.randomUUID(), content), shop.mailbox());
    }

    /** The mails in their mailbox, once there are {@code count}. */
    List<String> reads(int count) {
        return post.readWhen(address, count);
    }

    /** The Message-ID of {@code mail}. */
    static String idOf(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow()
                .substring("Message-ID: ".length());
    }
}
