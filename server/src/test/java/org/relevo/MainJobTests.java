package org.relevo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** The main job, by mail and by API (R1 to R3, R13, R123). */
@RelevoTest
class MainJobTests {

    private final TestShops shops;
    private final Post post;

    MainJobTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void aMailIsAnsweredInItsThreadAndTheCustomersAnswerOpensTheTicketAgain() {
        var shop = shops.openWithMailbox();
        post.send(aQuestion(shop, "<q1@mail.example>"), shop.mailbox());

        var ticket = theTicketOf(shop, "lámpara");
        shop.api()
                .post("/tickets/" + ticket + "/replies", Map.of("text", "Llega mañana."))
                .ok();
        var answer =
                post.readWhen("ana@" + shop.domain() + ".customer.example", 1).getFirst();
        assertThat(answer).contains("In-Reply-To: <q1@mail.example>", "References: <q1@mail.example>");
        assertThat(statusOf(shop, ticket)).isEqualTo("pending");

        post.send(anAnswerTo(answer, shop), shop.mailbox());
        await().untilAsserted(() -> assertThat(statusOf(shop, ticket)).isEqualTo("open"));
        assertThat(shop.api().get("/tickets").ok().path("items")).hasSize(1);
    }

    @Test
    void oneMailDeliveredTwiceIsOneMessage() {
        var shop = shops.openWithMailbox();
        shops.connect(shop, "second@" + shop.domain(), null);

        post.send(aQuestion(shop, "<twice@mail.example>"), shop.mailbox());
        var ticket = theTicketOf(shop, "lámpara");
        post.send(aQuestion(shop, "<twice@mail.example>"), shop.mailbox(), "second@" + shop.domain());
        post.send(aQuestion(shop, "<other@mail.example>").replace("lámpara", "manta"), shop.mailbox());

        theTicketOf(shop, "manta");
        assertThat(messagesOf(shop, ticket)).isEqualTo(1);
        assertThat(shop.api().get("/tickets").ok().path("items")).hasSize(2);
    }

    private static String aQuestion(TestShop shop, String id) {
        return """
                From: Ana Ruiz <ana@%s.customer.example>
                To: %s
                Subject: =?utf-8?q?Mi_l=C3=A1mpara?=
                Message-ID: %s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                ¿Dónde está mi lámpara?
                """.formatted(shop.domain(), shop.mailbox(), id);
    }

    private static String anAnswerTo(String mail, TestShop shop) {
        var id = mail.lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow()
                .substring(12);
        return """
                From: ana@%s.customer.example
                To: %s
                Subject: Re: Mi lampara
                Message-ID: <answer@mail.example>
                In-Reply-To: %s

                Gracias.
                """.formatted(shop.domain(), shop.mailbox(), id);
    }

    private static String theTicketOf(TestShop shop, String words) {
        return await().until(
                        () -> shop.api()
                                .get("/tickets?query=" + words.replace("á", "a"))
                                .ok()
                                .path("items"),
                        items -> !items.isEmpty())
                .get(0)
                .path("id")
                .asString();
    }

    private static String statusOf(TestShop shop, String ticket) {
        return shop.api().get("/tickets/" + ticket).ok().path("status").asString();
    }

    private static long messagesOf(TestShop shop, String ticket) {
        var timeline = shop.api().get("/tickets/" + ticket).ok().path("timeline");
        return timeline.valueStream()
                .map(JsonNode.class::cast)
                .filter(entry -> "message-received".equals(entry.path("kind").asString()))
                .count();
    }
}
