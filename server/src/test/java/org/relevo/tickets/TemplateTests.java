package org.relevo.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.support.Conversation;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

/** Prepared texts: kept, filled in for one conversation, refused when they ask for what there is not. */
@RelevoTest
class TemplateTests {

    private final TestShops shops;
    private final TestShop shop;

    TemplateTests(TestShops shops) {
        this.shops = shops;
        this.shop = shops.openWithMailbox();
    }

    @Test
    void aTemplateSaysTheCustomersNameAndNamesWhatIsMissing() {
        var template = add("Saludo", "Hola {{customer.name|}}, tu pedido {{order.number}} (n.º {{ticket.number}})");
        var conversation = conversation("{{agent.name}}");

        var said = shop.api()
                .post("/tickets/" + conversation.id() + "/templates/" + template + "/render", Map.of())
                .ok();

        assertThat(said.path("text").asString())
                .isEqualTo("Hola {{agent.name}}, tu pedido  (n.º %d)"
                        .formatted(conversation.read().path("number").asLong()));
        assertThat(said.path("missing").valueStream().map(node -> node.asString()))
                .containsExactly("order.number");
    }

    @Test
    void templatesAreListedInTheirOrderChangedAndDeleted() {
        add("Zeta", "z");
        var id = add("Alfa", "a");
        var api = shop.api();

        assertThat(names()).containsExactly("Alfa", "Zeta");
        api.put("/templates/" + id, Map.of("name", "Alfa", "text", "b", "sort", 9))
                .ok();
        assertThat(names()).containsExactly("Zeta", "Alfa");
        assertThat(api.post("/templates", Map.of("name", "alfa", "text", "b")).status())
                .isEqualTo(422);
        assertThat(api.delete("/templates/" + id).status()).isEqualTo(204);
        assertThat(names()).containsExactly("Zeta");
    }

    @Test
    void anUnknownVariableIsRefusedWithThoseThatThereAre() {
        var answer = shop.api().post("/templates", Map.of("name", "x", "text", "Hola {{customer.iban}}"));

        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/text");
        assertThat(answer.body().at("/errors/0/detail").asString()).contains("customer.iban", "ticket.number");
    }

    @Test
    void agentsUseTemplatesAndSupervisorsKeepThem() {
        var agent = shops.hire(shop, "Ada Agent", Role.AGENT, PartyKind.SHOP, "Shop", List.of());
        var api = shop.as(agent.email());

        assertThat(api.get("/templates").status()).isEqualTo(200);
        assertThat(api.post("/templates", Map.of("name", "x", "text", "y")).problem())
                .isEqualTo("not-allowed");
    }

    private List<String> names() {
        return shop.api()
                .get("/templates")
                .ok()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    private String add(String name, String text) {
        return shop.api()
                .post("/templates", Map.of("name", name, "text", text))
                .ok()
                .path("id")
                .asString();
    }

    private Conversation conversation(String customer) {
        new Post(shops.office()).send("""
                From: "%s" <ana@customer.example>
                To: %s
                Subject: ¿Dónde está?
                Message-ID: <question@mail.example>

                Hola
                """.formatted(customer, shop.mailbox()), shop.mailbox());
        return Conversation.only(shop);
    }
}
