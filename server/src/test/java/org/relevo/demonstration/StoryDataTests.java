package org.relevo.demonstration;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoryDataTests {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final Pattern AGO = Pattern.compile("-(\\d+)([mh])");
    private static final Pattern DAYS_AGO = Pattern.compile("-(\\d+)d (\\d{2}:\\d{2})");
    private static final Pattern DAY = Pattern.compile("[+-]\\d+d");
    private static final Pattern HOST = Pattern.compile("(?:@|https?://)([\\p{L}\\d.-]+\\.\\p{L}+)");

    private final JsonNode people = read("people");
    private final JsonNode orders = read("orders");
    private final JsonNode conversations = read("conversations");

    @Test
    void everyReferenceLeadsSomewhere() {
        var parties = values(people.path("parties"), "key");
        var teams = values(people.path("teams"), "key");
        var persons = values(people.path("people"), "key");
        var numbers = values(orders.path("orders"), "number");

        assertThat(values(people.path("teams"), "party")).isSubsetOf(parties);
        assertThat(values(people.path("people"), "party")).isSubsetOf(parties);
        assertThat(each(people, "people")
                        .flatMap(person -> each(person, "teams"))
                        .map(JsonNode::asString))
                .isSubsetOf(teams);
        assertThat(values(conversations.path("conversations"), "team")).isSubsetOf(teams);
        assertThat(values(conversations.path("conversations"), "assignee")).isSubsetOf(persons);
        assertThat(values(conversations.path("conversations"), "order")).isSubsetOf(numbers);
        assertThat(events().flatMap(event -> text(event, "author").stream())).isSubsetOf(persons);
    }

    @Test
    void noKeyNumberOrAddressComesTwice() {
        assertThat(each(people, "people").map(person -> person.path("key").asString()))
                .doesNotHaveDuplicates();
        assertThat(each(people, "people").map(person -> person.path("email").asString()))
                .doesNotHaveDuplicates();
        assertThat(each(orders, "orders").map(order -> order.path("number").asString()))
                .doesNotHaveDuplicates();
        assertThat(conversations().map(conversation -> conversation.path("key").asString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whoHasAConversationWorksForThePartyOfItsTeam() {
        assertThat(conversations()
                        .filter(conversation -> text(conversation, "team").isPresent()))
                .allSatisfy(conversation -> assertThat(partyOf("people", conversation.path("assignee")))
                        .isEqualTo(partyOf("teams", conversation.path("team"))));
    }

    @Test
    void everyKindOfPartyAndRoleIsThere() {
        assertThat(values(people.path("parties"), "kind")).containsExactlyInAnyOrder("shop", "provider", "freelancer");
        assertThat(values(people.path("people"), "role")).containsExactlyInAnyOrder("owner", "supervisor", "agent");
        assertThat(each(people, "teams")
                        .filter(team -> partyOf("teams", team.path("key")).equals("aurora")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void thereAreOrdersInEveryState() {
        assertThat(orders.path("orders")).hasSizeGreaterThanOrEqualTo(70);
        assertThat(values(orders.path("orders"), "status"))
                .containsExactlyInAnyOrder(
                        "awaiting-payment",
                        "processing",
                        "shipped",
                        "delayed",
                        "delivered",
                        "returned",
                        "refunded",
                        "cancelled",
                        "on-hold");
        assertThat(each(orders, "orders")
                        .collect(groupingBy(
                                order -> order.path("customer").path("email").asString(), counting()))
                        .values())
                .filteredOn(count -> count > 1)
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void thereAreConversationsOfEveryKind() {
        assertThat(conversations()).hasSizeGreaterThanOrEqualTo(64);
        assertThat(values(conversations.path("conversations"), "status"))
                .containsExactlyInAnyOrder("new", "open", "pending", "on-hold", "solved", "closed");
        assertThat(conversations().filter(StoryDataTests::isActive)).hasSizeBetween(44, 54);
        assertThat(inLanguage("en")).isGreaterThanOrEqualTo(5);
        assertThat(inLanguage("fr")).isGreaterThanOrEqualTo(3);
        assertThat(inLanguage("de")).isGreaterThanOrEqualTo(3);
        assertThat(inLanguage("es")).isGreaterThan(conversations().count() / 2);
        assertThat(conversations()
                        .map(conversation -> conversation.path("events").size()))
                .allMatch(events -> events >= 1 && events <= 6);
        assertThat(events().filter(event -> event.has("html"))).hasSizeGreaterThanOrEqualTo(8);
        assertThat(events().filter(event -> event.has("attachments"))).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void mostConversationsNameTheirOrderAndSomeLeaveItToTheAddress() {
        Predicate<JsonNode> namesIt = conversation ->
                conversation.toString().replaceFirst("\"order\":\"[^\"]*\"", "").contains(order(conversation));
        var withOrder = conversations()
                .filter(conversation -> text(conversation, "order").isPresent())
                .toList();

        assertThat(withOrder.stream().filter(namesIt)).hasSizeGreaterThan(withOrder.size() / 2);
        assertThat(withOrder.stream().filter(namesIt.negate()))
                .isNotEmpty()
                .allSatisfy(conversation -> assertThat(addressOf(order(conversation)))
                        .isEqualTo(conversation.path("customer").path("email").asString()));
        assertThat(conversations()
                        .filter(conversation -> text(conversation, "order").isEmpty()))
                .isNotEmpty();
    }

    @Test
    void aConversationBeginsWithTheCustomerAndOnlyAgentsHaveNames() {
        assertThat(conversations())
                .allSatisfy(conversation -> assertThat(
                                conversation.path("events").path(0).path("kind").asString())
                        .isEqualTo("customer"));
        assertThat(events())
                .allSatisfy(event -> assertThat(text(event, "author").isEmpty())
                        .isEqualTo(event.path("kind").asString().equals("customer")));
    }

    @Test
    void agentsNeverQuote() {
        assertThat(events().filter(event -> event.path("kind").asString().equals("reply")))
                .allSatisfy(reply -> assertThat(reply.path("text").asString()).doesNotContainPattern("(?m)^>"));
    }

    @Test
    void totalsAreTheSumOfTheirLinesAndShipping() {
        assertThat(each(orders, "orders")).allSatisfy(order -> {
            var lines = each(order, "lines").map(line -> money(line, "total")).reduce(BigDecimal.ZERO, BigDecimal::add);

            assertThat(money(order, "total")).isEqualTo(lines.add(money(order, "shipping")));
            text(order, "refunded")
                    .ifPresent(refunded -> assertThat(new BigDecimal(refunded))
                            .isPositive()
                            .isLessThanOrEqualTo(money(order, "total")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00", "00:01", "03:30", "08:59", "12:00", "17:42", "20:00", "23:59"})
    void timesAscendWheneverTheStoryIsTold(String now) {
        var told = ZonedDateTime.of(LocalDate.parse("2025-11-24"), LocalTime.parse(now), MADRID);

        assertThat(conversations())
                .allSatisfy(conversation -> assertAscending(
                        each(conversation, "events")
                                .map(event -> event.path("at").asString()),
                        told));
        assertThat(each(orders, "orders")).allSatisfy(order -> {
            var placed = order.path("placedAt").asString();
            var updated = order.path("updatedAt").asString();
            assertAscending(Stream.of(placed, updated), told);
            for (JsonNode shipment : order.path("shipments")) {
                var steps = each(shipment, "steps").flatMap(step -> text(step, "at").stream());
                assertAscending(
                        Stream.of(Stream.of(placed), steps, Stream.of(updated)).flatMap(times -> times), told);
            }
        });
    }

    @Test
    void aStepHasATimeUnlessItIsPending() {
        assertThat(shipments()).allSatisfy(shipment -> {
            assertThat(shipment.path("promisedOn").asString()).matches(DAY);
            assertThat(each(shipment, "steps"))
                    .allSatisfy(step -> assertThat(text(step, "at").isEmpty())
                            .isEqualTo(step.path("state").asString().equals("pending")));
        });
    }

    @Test
    void nobodyRealIsMeant() {
        assertThat(Stream.of(people, orders, conversations)
                        .flatMap(file -> HOST.matcher(file.toString()).results())
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(host -> host.endsWith(".example"));
        assertThat(each(orders, "orders")
                        .map(order -> order.path("customer").path("phone").asString()))
                .allMatch(phone -> phone.matches("\\+34 600 000 \\d{3}"));
    }

    @Test
    void everyAttachmentHasItsContentAndEveryInlineImageItsPlace() {
        assertThat(events())
                .allSatisfy(event -> assertThat(each(event, "attachments")).allSatisfy(attachment -> {
                    if (attachment.has("base64")) {
                        assertThat(Base64.getDecoder()
                                        .decode(attachment.path("base64").asString()))
                                .hasSizeBetween(500, 8_000);
                    } else {
                        assertThat(attachment.path("text").asString()).isNotBlank();
                    }
                    text(attachment, "cid")
                            .ifPresent(cid ->
                                    assertThat(event.path("html").asString()).contains("cid:" + cid));
                }));
    }

    private static void assertAscending(Stream<String> times, ZonedDateTime now) {
        List<ZonedDateTime> instants =
                new ArrayList<>(times.map(time -> at(time, now)).toList());
        instants.add(now);
        assertThat(instants).isSorted();
    }

    private static ZonedDateTime at(String time, ZonedDateTime now) {
        var ago = AGO.matcher(time);
        if (ago.matches()) {
            long amount = Long.parseLong(ago.group(1));
            return ago.group(2).equals("m") ? now.minusMinutes(amount) : now.minusHours(amount);
        }
        var daysAgo = DAYS_AGO.matcher(time);
        assertThat(daysAgo.matches()).as(time).isTrue();
        return now.minusDays(Long.parseLong(daysAgo.group(1))).with(LocalTime.parse(daysAgo.group(2)));
    }

    private String partyOf(String list, JsonNode key) {
        return each(people, list)
                .filter(entry -> entry.path("key").equals(key))
                .findFirst()
                .orElseThrow()
                .path("party")
                .asString();
    }

    private String addressOf(String number) {
        return each(orders, "orders")
                .filter(order -> order.path("number").asString().equals(number))
                .findFirst()
                .orElseThrow()
                .path("customer")
                .path("email")
                .asString();
    }

    private long inLanguage(String language) {
        return conversations()
                .filter(conversation -> conversation.path("language").asString().equals(language))
                .count();
    }

    private static boolean isActive(JsonNode conversation) {
        return !Set.of("solved", "closed").contains(conversation.path("status").asString());
    }

    private static String order(JsonNode conversation) {
        return conversation.path("order").asString();
    }

    private Stream<JsonNode> conversations() {
        return each(conversations, "conversations");
    }

    private Stream<JsonNode> events() {
        return conversations().flatMap(conversation -> each(conversation, "events"));
    }

    private Stream<JsonNode> shipments() {
        return each(orders, "orders").flatMap(order -> each(order, "shipments"));
    }

    private static Set<String> values(JsonNode list, String field) {
        return list.valueStream().flatMap(entry -> text(entry, field).stream()).collect(toSet());
    }

    private static Stream<JsonNode> each(JsonNode parent, String list) {
        return parent.path(list).valueStream();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.path(field).isString() ? Optional.of(node.path(field).asString()) : Optional.empty();
    }

    private static BigDecimal money(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asString());
    }

    private static JsonNode read(String file) {
        String path = "/demonstration/aurora/" + file + ".json";
        try (InputStream story = StoryDataTests.class.getResourceAsStream(path)) {
            return JsonMapper.shared().readTree(story);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
