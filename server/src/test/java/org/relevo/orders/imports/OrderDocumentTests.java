package org.relevo.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.orders.NewOrder;
import org.relevo.orders.Order;
import org.relevo.orders.OrderStatus;
import org.relevo.platform.Money;
import org.relevo.platform.ProblemException;
import tools.jackson.databind.json.JsonMapper;

class OrderDocumentTests {

    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
    private static final String GOOD = """
            {"number":"AU-1","externalId":"x1","placedAt":"2026-11-22T14:07:08+01:00","updatedAt":"2026-11-22T15:00:00+01:00",
             "status":"delayed","currency":"EUR","total":"64.90","shipping":4.95,"refunded":"10","payment":"Bizum",
             "url":"https://aurea.example/1","customer":{"name":"Ana","email":"ana@example.com","phone":"+34 600"},
             "address":"C/ Mayor 1","unknown":true,
             "lines":[{"name":"Taza","variant":"Azul","sku":"T-1","quantity":2,"total":59.95,"imageUrl":"https://i.example/t"}],
             "shipments":[{"carrier":"SEUR","tracking":"S-1","trackingUrl":"https://seur.example/S-1","promisedOn":"2026-11-25",
               "steps":[{"at":"2026-11-23T09:00:00Z","text":"Recogido","state":"done"},{"text":"En reparto","state":"late"}]}]}""";

    @Test
    void anOrderIsReadWhole() {
        var read = read("{\"orders\":[" + GOOD + "]}");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.orders()).singleElement().satisfies(order -> {
            assertThat(order.externalId()).isEqualTo("x1");
            assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-22T13:07:08Z"));
            assertThat(order.changedAt()).isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
            assertThat(order.status()).isEqualTo(OrderStatus.DELAYED);
            assertThat(order.total()).isEqualTo(Money.of("64.90", "EUR"));
            assertThat(order.refunded()).isEqualTo(Money.of("10.00", "EUR"));
            assertThat(order.lines())
                    .containsExactly(
                            new Order.Line("Taza", "Azul", "T-1", 2, Money.of("59.95", "EUR"), "https://i.example/t"));
            assertThat(order.shipments().getFirst().promisedOn()).isEqualTo(LocalDate.parse("2026-11-25"));
            assertThat(order.shipments().getFirst().steps())
                    .containsExactly(
                            new Order.Step(Instant.parse("2026-11-23T09:00:00Z"), "Recogido", Order.StepState.DONE),
                            new Order.Step(null, "En reparto", Order.StepState.LATE));
        });
    }

    @Test
    void theLeastThatAnOrderNeedsIsEnough() {
        var read = read("""
                {"orders":[{"number":7,"placedAt":"2026-11-22","status":"processing","currency":"EUR","total":1,
                "customer":{"name":"Ana"},"lines":[]}]}""");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.orders())
                .extracting(NewOrder::externalId, NewOrder::changedAt)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("7", NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"number\":\"AU-1\"              | \"number\":\"\"              | number                   | import-missing",
                "\"number\":\"AU-1\"              | \"number\":{}                | number                   | import-missing",
                "2026-11-22T14:07:08+01:00       | tomorrow                   | placedAt                 | import-time",
                "2026-11-22T15:00:00+01:00       | 2026-13-01                 | updatedAt                | import-time",
                "delayed                         | late                       | status                   | import-status",
                "\"EUR\"                         | \"EURO\"                   | currency                 | import-currency",
                "\"64.90\"                       | \"64,90\"                  | total                    | import-amount",
                "\"64.90\"                       | 1e99                       | total                    | import-amount",
                "\"64.90\"                       | null                       | total                    | import-missing",
                "4.95                            | \"x\"                      | shipping                 | import-amount",
                "\"10\"                          | \"x\"                      | refunded                 | import-amount",
                "https://aurea.example/1         | javascript:alert(1)        | url                      | import-link",
                "\"name\":\"Ana\"                | \"name\":\" \"             | customer/name            | import-missing",
                "ana@example.com                 | ana                        | customer/email           | import-email",
                "\"name\":\"Taza\"               | \"nome\":\"Taza\"          | lines/0/name             | import-missing",
                "\"quantity\":2                  | \"quantity\":2.5           | lines/0/quantity         | import-quantity",
                "59.95                           | \"free\"                   | lines/0/total            | import-amount",
                "https://i.example/t             | /t.png                     | lines/0/imageUrl         | import-link",
                "https://seur.example/S-1        | data:x                     | shipments/0/trackingUrl  | import-link",
                "2026-11-25                      | 25-11-2026                 | shipments/0/promisedOn   | import-day",
                "\"Recogido\"                    | \"\"                       | shipments/0/steps/0/text | import-missing",
                "\"state\":\"late\"              | \"state\":\"lost\"         | shipments/0/steps/1/state| import-status",
                "\"lines\":[{                    | \"Lines\":[{               | lines                    | import-list",
            })
    void everyFaultIsNamedByPlaceAndPath(String good, String bad, String field, String code) {
        assertThat(GOOD).contains(good.strip());

        var read = read("{\"orders\":[" + GOOD.replace("AU-1", "AU-0").replace("x1", "x0") + ","
                + GOOD.replace(good.strip(), bad.strip()) + "]}");

        assertThat(read.orders()).extracting(NewOrder::number).containsExactly("AU-0");
        assertThat(read.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(2);
            assertThat(rejection.field()).isEqualTo(field.strip());
            assertThat(rejection.reason().code()).isEqualTo("field." + code.strip());
        });
    }

    @Test
    void anOrderThatIsThereTwiceIsNamed() {
        var read = read("{\"orders\":[" + GOOD + "," + GOOD + "]}");

        assertThat(read.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(2);
            assertThat(rejection.reason().arguments()).containsExactly("x1", "1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"orders\":[}", "{\"orders\":[]} x", "number,total"})
    void whatIsNotJsonIsRefusedWithThePlace(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.slug()).isIn("import-not-json", "import-not-orders");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"orders\":{}}", "{\"orders\":[]}", "\"orders\"", "null"})
    void aDocumentWithoutOrdersIsRefused(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.slug()).isEqualTo("import-not-orders"));
    }

    private static ReadOrders read(String document) {
        return new OrderDocument(JsonMapper.builder().build(), ZoneId.of("Europe/Madrid"), NOW).read(document);
    }
}
