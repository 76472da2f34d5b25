package org.relevo.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relevo.access.PartyKind;
import org.relevo.access.Role;
import org.relevo.support.Api;
import org.relevo.support.Post;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** Working on tickets through the API: what changes, what the timeline says, what is refused. */
@RelevoTest
class DeskTests {

    private final TestShops shops;
    private final Post post;

    DeskTests(TestShops shops) {
        this.shops = shops;
        this.post = new Post(shops.office());
    }

    @Test
    void whoeverAnswersFirstTakesTheTicket() {
        var shop = shops.openWithMailbox();
        var ana = shops.hire(shop, "Ana Agent", Role.AGENT, PartyKind.SHOP, "", List.of());
        var ticket = aTicket(shop, "Where is it?");

        shop.as(ana.email())
                .post("/tickets/" + ticket + "/replies", Map.of("text", "On its way."))
                .ok();

        var now = shop.api().get("/tickets/" + ticket).ok();
        assertThat(now.path("assignee").path("name").asString()).isEqualTo("Ana Agent");
        assertThat(kinds(now)).containsExactly("message-received", "reply", "status-changed", "assigned");
    }

    @Test
    void anAnswerThatCrossesAnothersIsHeldBackWithItsText() {
        var shop = shops.openWithMailbox();
        var ana = shops.hire(shop, "Ana Agent", Role.AGENT, PartyKind.SHOP, "", List.of());
        var ticket = aTicket(shop, "Crossing");
        var seen = shop.api()
                .get("/tickets/" + ticket)
                .ok()
                .path("timeline")
                .get(0)
                .path("id")
                .asString();
        shop.api()
                .post("/tickets/" + ticket + "/replies", Map.of("text", "The other one."))
                .ok();

        var crossing =
                shop.as(ana.email()).post("/tickets/" + ticket + "/replies", Map.of("text", "Mine.", "after", seen));

        assertThat(crossing.problem()).isEqualTo("newer-message");
    }

    @Test
    void aReplyWithinItsUndoTimeCanBeTakenBackAndNeverLeaves() {
        var shop = shops.openWithMailbox();
        var ticket = aTicket(shop, "Undo");
        var reply = shop.api()
                .post("/tickets/" + ticket + "/replies", Map.of("text", "Oops", "undoSeconds", 30))
                .ok();

        var cancelled = shop.api()
                .post("/tickets/" + ticket + "/replies/" + reply.path("id").asString() + "/cancel", Map.of())
                .ok();

        assertThat(cancelled.path("message").path("delivery").path("state").asString())
                .isEqualTo("cancelled");
        assertThat(shop.api().get("/tickets/" + ticket).ok().path("status").asString())
                .isEqualTo("open");
    }

    @Test
    void aReplyThatHasLeftCannotBeTakenBack() {
        var shop = shops.openWithMailbox();
        var ticket = aTicket(shop, "Gone");
        var reply = shop.api()
                .post("/tickets/" + ticket + "/replies", Map.of("text", "Sent"))
                .ok();
        post.readWhen("ana@" + shop.domain() + ".customer.example", 1);

        var late = shop.api()
                .post("/tickets/" + ticket + "/replies/" + reply.path("id").asString() + "/cancel", Map.of());

        assertThat(late.problem()).isEqualTo("already-sent");
    }

    @Test
    void repeatingAWriteWithItsKeyChangesNothing() {
        var shop = shops.openWithMailbox();
        var ticket = aTicket(shop, "Twice");
        var api = shop.api().with("Idempotency-Key", UUID.randomUUID().toString());

        var first = api.post("/tickets/" + ticket + "/notes", Map.of("text", "Once"))
                .ok();
        var second = api.post("/tickets/" + ticket + "/notes", Map.of("text", "Once"))
                .ok();
        var other = api.post("/tickets/" + ticket + "/notes", Map.of("text", "Another"));

        assertThat(second).isEqualTo(first);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(kinds(shop.api().get("/tickets/" + ticket).ok())).containsExactly("message-received", "note");
    }

    @Test
    void statusTagsAndAssigneeStandInTheTimelineWithBeforeAndAfter() {
        var shop = shops.openWithMailbox();
        var ana = shops.hire(shop, "Ana Agent", Role.AGENT, PartyKind.SHOP, "", List.of());
        var ticket = aTicket(shop, "Changes");
        var api = shop.api();

        api.put("/tickets/" + ticket + "/status", Map.of("status", "on-hold")).ok();
        api.put("/tickets/" + ticket + "/tags", Map.of("tags", List.of("late", "gift")))
                .ok();
        api.put("/tickets/" + ticket + "/assignee", Map.of("personId", ana.id().value()))
                .ok();

        var changes = api.get("/tickets/" + ticket)
                .ok()
                .path("timeline")
                .valueStream()
                .map(entry -> entry.path("change"))
                .filter(JsonNode::isObject)
                .map(change -> change.path("field").asString() + "→"
                        + change.path("to").asString());
        assertThat(changes).containsExactly("status→on-hold", "tags→late, gift", "assignee→Ana Agent");
    }

    @Test
    void viewsCountWhatTheyHold() {
        var shop = shops.openWithMailbox();
        var ana = shops.hire(shop, "Ana Agent", Role.AGENT, PartyKind.SHOP, "", List.of());
        var mine = aTicket(shop, "First");
        var solved = aTicket(shop, "Second");
        aTicket(shop, "Third");
        shop.api()
                .put(
                        "/tickets/" + mine + "/assignee",
                        Map.of("personId", ana.id().value()))
                .ok();
        shop.api()
                .put("/tickets/" + solved + "/status", Map.of("status", "solved"))
                .ok();

        var api = shop.as(ana.email());

        assertThat(count(api, "mine")).isEqualTo(1);
        assertThat(count(api, "unassigned")).isEqualTo(1);
        assertThat(count(api, "open")).isEqualTo(2);
        assertThat(api.get("/tickets?view=solved").ok().path("items")).hasSize(1);
        assertThat(api.get("/tickets?view=nonsense").problem()).isEqualTo("not-found");
    }

    @Test
    void aListIsReadPageByPageWithoutGapsOrDoubles() {
        var shop = shops.openWithMailbox();
        Stream.of("One", "Two", "Three", "Four", "Five").forEach(subject -> aTicket(shop, subject));

        var first = shop.api().get("/tickets?limit=2").ok();
        var second = shop.api()
                .get("/tickets?limit=2&cursor=" + first.path("next").asString())
                .ok();
        var third = shop.api()
                .get("/tickets?limit=2&cursor=" + second.path("next").asString())
                .ok();

        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.path("items").valueStream())
                        .map(row -> row.path("subject").asString()))
                .containsExactlyInAnyOrder("One", "Two", "Three", "Four", "Five");
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(shop.api().get("/tickets?cursor=nonsense").problem()).isEqualTo("cursor-unknown");
    }

    @Test
    void peopleOfAProviderSeeTheirOwnTicketsOnly() {
        var shop = shops.openWithMailbox();
        var hugo = shops.hire(shop, "Hugo Provider", Role.AGENT, PartyKind.PROVIDER, "Contacta", List.of());
        var theirs = aTicket(shop, "Theirs");
        var others = aTicket(shop, "Others");
        shop.api()
                .put(
                        "/tickets/" + theirs + "/assignee",
                        Map.of("personId", hugo.id().value()))
                .ok();

        var api = shop.as(hugo.email());

        assertThat(api.get("/tickets").ok().path("items")).hasSize(1);
        assertThat(api.get("/tickets?query=others").ok().path("items")).isEmpty();
        assertThat(api.get("/tickets/" + others).problem()).isEqualTo("not-allowed");
        assertThat(api.get("/tickets/" + others + "/context").problem()).isEqualTo("not-allowed");
        assertThat(api.post("/tickets/" + others + "/notes", Map.of("text", "x"))
                        .problem())
                .isEqualTo("not-allowed");
        assertThat(api.put("/tickets/" + others + "/draft", Map.of("text", "x")).problem())
                .isEqualTo("not-allowed");
    }

    @Test
    void aDraftKeepsToWhomAsWhomAndWhenItGoes() {
        var shop = shops.openWithMailbox();
        var ana = shop.as("owner@" + shop.domain());
        var draft = "/tickets/" + aTicket(shop, "Copies") + "/draft";
        var letter = Map.of(
                "to", "",
                "cc", "luis@mail.example, not yet an addr",
                "bcc", "boss@shop.example",
                "senderId", "018f2b6e-0000-7000-8000-000000000001",
                "signed", false,
                "sendAt", "2027-03-27T09:00:00Z");

        ana.put(draft, Map.of("text", "", "letter", letter)).ok();

        var kept = shop.as("owner@" + shop.domain()).get(draft).ok().path("letter");
        assertThat(kept).isEqualTo(shop.json().valueToTree(letter));
        ana.put(draft, Map.of("text", "Hola")).ok();
        assertThat(ana.get(draft).ok().path("letter").isNull()).isTrue();
    }

    @Test
    void anotherWorkspacesTicketDoesNotExist() {
        var one = shops.openWithMailbox();
        var other = shops.open();
        var ticket = aTicket(one, "Mine alone");

        assertThat(other.api().get("/tickets/" + ticket).problem()).isEqualTo("not-found");
        assertThat(other.api()
                        .post("/tickets/" + ticket + "/replies", Map.of("text", "x"))
                        .problem())
                .isEqualTo("not-found");
        assertThat(other.api().get("/tickets?query=alone").ok().path("items")).isEmpty();
    }

    @Test
    void aClosedTicketIsLeftAsItIs() {
        var shop = shops.openWithMailbox();
        var ticket = aTicket(shop, "Closed");
        shop.api()
                .put("/tickets/" + ticket + "/status", Map.of("status", "closed"))
                .ok();

        assertThat(shop.api()
                        .post("/tickets/" + ticket + "/replies", Map.of("text", "x"))
                        .problem())
                .isEqualTo("ticket-closed");
    }

    @Test
    void badInputSaysWhatToDo() {
        var shop = shops.openWithMailbox();
        var ticket = aTicket(shop, "Bad input");

        assertThat(shop.api()
                        .post("/tickets/" + ticket + "/replies", Map.of("text", " "))
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(shop.api()
                        .post("/tickets/" + ticket + "/replies", Map.of("text", "x", "undoSeconds", 999))
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(shop.api()
                        .put("/tickets/" + ticket + "/status", Map.of("status", "sleepy"))
                        .problem())
                .isEqualTo("unreadable-request");
        assertThat(shop.api().get("/tickets/not-an-id").problem()).isEqualTo("not-found");
        assertThat(shop.api()
                        .post(
                                "/tickets/" + ticket + "/notes",
                                Map.of("text", "x", "attachmentIds", List.of(UUID.randomUUID())))
                        .problem())
                .isEqualTo("invalid-request");
    }

    private String aTicket(TestShop shop, String subject) {
        post.send("""
                From: Ana <ana@%s.customer.example>
                To: %s
                Subject: %s
                Message-ID: <%s@mail.example>

                %s, please.
                """.formatted(shop.domain(), shop.mailbox(), subject, UUID.randomUUID(), subject), shop.mailbox());
        return await().until(
                        () -> shop.api()
                                .get("/tickets?query="
                                        + subject.replace(" ", "%20").replace("?", ""))
                                .ok()
                                .path("items"),
                        items -> !items.isEmpty())
                .get(0)
                .path("id")
                .asString();
    }

    private static List<String> kinds(JsonNode ticket) {
        return ticket.path("timeline")
                .valueStream()
                .map(entry -> entry.path("kind").asString())
                .toList();
    }

    private static int count(Api api, String view) {
        return api.get("/views")
                .ok()
                .path("items")
                .valueStream()
                .filter(item -> view.equals(item.path("id").asString()))
                .findFirst()
                .orElseThrow()
                .path("count")
                .asInt();
    }
}
