package org.relevo.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.orders.NewOrder;
import org.relevo.orders.OrderStatus;
import org.relevo.platform.Money;
import org.relevo.platform.ProblemException;

class OrderSheetTests {

    private static final String ALL =
            "number,placed_at,status,currency,total,customer_name,email,phone,address,payment,url,"
                    + "line_name,line_variant,line_sku,line_quantity,line_total,carrier,tracking,tracking_url,promised_on\n";
    private static final String SHORT =
            "number,placed_at,status,currency,total,customer_name,email,url,line_name,line_quantity,line_total,promised_on\n";
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    @Test
    void anOrderOfTwoLinesAndAParcelIsReadWhole() {
        var read = read(ALL
                + "AU-1,2026-11-22 14:07,shipped,EUR,123.80,José Núñez,jose@example.com,'+34600111222,\"C/ Mayor 1, 2º\",Visa,"
                + "https://aurea.example/1,Camiseta,M,CAM-M,3,59.85,SEUR,S-1,https://seur.example/S-1,2026-11-25\n"
                + "AU-1,,,,,,,,,,,Mochila,,,1,59.00,SEUR,S-1,https://seur.example/S-1,2026-11-25\n");

        assertThat(read.rejected()).isEmpty();
        assertThat(read.orders()).singleElement().satisfies(order -> {
            assertThat(order.externalId()).isEqualTo("AU-1");
            assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-22T13:07:00Z"));
            assertThat(order.changedAt()).isEqualTo(NOW);
            assertThat(order.status()).isEqualTo(OrderStatus.SHIPPED);
            assertThat(order.total()).isEqualTo(Money.of("123.80", "EUR"));
            assertThat(order.phone()).isEqualTo("+34600111222");
            assertThat(order.address()).isEqualTo("C/ Mayor 1, 2º");
            assertThat(order.lines()).extracting("name").containsExactly("Camiseta", "Mochila");
            assertThat(order.lines().getFirst().total()).isEqualTo(Money.of("59.85", "EUR"));
            assertThat(order.shipments()).singleElement().satisfies(parcel -> {
                assertThat(parcel.tracking()).isEqualTo("S-1");
                assertThat(parcel.promisedOn()).isEqualTo(LocalDate.parse("2026-11-25"));
            });
        });
    }

    @Test
    void withSemicolonsDecimalsMayStandBehindAComma() {
        var read = read((SHORT + line("1", "64,90", "64,90").replace("|", ","))
                .replace(",", ";")
                .replace("64;90", "64,90"));

        assertThat(read.rejected()).isEmpty();
        assertThat(read.orders()).extracting(NewOrder::total).containsExactly(Money.of("64.90", "EUR"));
    }

    @Test
    void columnsMayStandInAnyOrderAndUnknownOnesAreLeftAlone() {
        var read = read("""
                Line_Total,colour,line_quantity,line_name,customer_name,total,currency,status,placed_at,Number
                1.00,red,1,Taza,Ana,1.00,eur,processing,2026-11-22T14:07:00Z,7
                """);

        assertThat(read.rejected()).isEmpty();
        assertThat(read.orders()).extracting(NewOrder::number).containsExactly("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|2026-11-22|shipped|EUR|1|Ana|a@b.es||Taza|1|1||number|import-missing",
                "7|''|shipped|EUR|1|Ana|a@b.es||Taza|1|1||placed_at|import-missing",
                "7|22/11/2026|shipped|EUR|1|Ana|a@b.es||Taza|1|1||placed_at|import-time",
                "7|2026-02-30|shipped|EUR|1|Ana|a@b.es||Taza|1|1||placed_at|import-time",
                "7|2026-11-22|sent|EUR|1|Ana|a@b.es||Taza|1|1||status|import-status",
                "7|2026-11-22|shipped|euros|1|Ana|a@b.es||Taza|1|1||currency|import-currency",
                "7|2026-11-22|shipped|EUR|1.234.5|Ana|a@b.es||Taza|1|1||total|import-amount",
                "7|2026-11-22|shipped|EUR|1 €|Ana|a@b.es||Taza|1|1||total|import-amount",
                "7|2026-11-22|shipped|EUR|1|''|a@b.es||Taza|1|1||customer_name|import-missing",
                "7|2026-11-22|shipped|EUR|1|Ana|ana at b.es||Taza|1|1||email|import-email",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es|javascript:alert(1)|Taza|1|1||url|import-link",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es||''|1|1||line_name|import-missing",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es||Taza|1.5|1||line_quantity|import-quantity",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es||Taza|-1|1||line_quantity|import-quantity",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es||Taza|1|free||line_total|import-amount",
                "7|2026-11-22|shipped|EUR|1|Ana|a@b.es||Taza|1|1|soon|promised_on|import-day",
            })
    void everyFaultIsNamedByLineAndColumn(
            String number,
            String placedAt,
            String status,
            String currency,
            String total,
            String name,
            String email,
            String url,
            String lineName,
            String quantity,
            String lineTotal,
            String promisedOn,
            String field,
            String code) {
        var values = java.util.stream.Stream.of(
                        number,
                        placedAt,
                        status,
                        currency,
                        total,
                        name,
                        email,
                        url,
                        lineName,
                        quantity,
                        lineTotal,
                        promisedOn)
                .map(value -> value == null ? "" : value)
                .toList();

        var read = read(SHORT + line("6", "1", "1") + String.join(",", values) + "\n");

        assertThat(read.orders()).extracting(NewOrder::number).containsExactly("6");
        assertThat(read.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(3);
            assertThat(rejection.field()).isEqualTo(field);
            assertThat(rejection.reason().code()).isEqualTo("field." + code);
        });
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var read = read(SHORT + "7,now,sent,EU,x,,,,,,,\n" + "8,now,sent,EU,x,,,,,,,\n");

        assertThat(read.rejected()).extracting("line").contains(2, 3);
        assertThat(read.rejected()).hasSize(16);
        assertThat(read.orders()).isEmpty();
    }

    @Test
    void missingColumnsAreNamedOnceAndLinesAreNotBlamed() {
        var read = read(
                "number,status,currency,total,customer_name,line_name,line_quantity\n7,x,x,x,x,x,x\n8,x,x,x,x,x,x\n");

        assertThat(read.rejected()).extracting("field").containsExactly("placed_at", "line_total");
        assertThat(read.rejected()).extracting("line").containsOnly(1);
    }

    @Test
    void aColumnThatIsThereTwiceIsNamed() {
        assertThat(codes(read("total," + SHORT + "1," + line("7", "1", "1"))))
                .containsExactly("field.import-column-twice");
    }

    @Test
    void aLineWithTooFewFieldsIsNamed() {
        assertThat(codes(read(SHORT + "7,2026-11-22,shipped\n"))).containsExactly("field.import-columns");
    }

    @Test
    void aLaterLineThatContradictsTheFirstIsNamed() {
        var read = read(SHORT + line("7", "1", "1") + line("7", "2", "1"));

        assertThat(read.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(3);
            assertThat(rejection.field()).isEqualTo("total");
            assertThat(rejection.reason().arguments()).containsExactly("2");
        });
        assertThat(read.orders()).isEmpty();
    }

    @Test
    void lineNumbersAreThoseOfTheFileAlsoAfterABreakInsideAField() {
        var read = read(SHORT + line("6", "1", "1").replace("Taza", "\"Taza\ngrande\"") + line("7", "x", "1"));

        assertThat(read.rejected()).extracting("line").containsExactly(4);
    }

    @Test
    void onlyTheApostropheThatGuardsAgainstFormulasIsTakenAway() {
        var read = read(SHORT
                + line("7", "1", "1").replace("Taza", "'=1+1")
                + line("8", "1", "1").replace("Ana", "'s Hertog"));

        assertThat(read.orders().getFirst().lines().getFirst().name()).isEqualTo("=1+1");
        assertThat(read.orders().getLast().customerName()).isEqualTo("'s Hertog");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "'\n\n'",
        "'number,placed_at,status,currency,total,customer_name,line_name,line_quantity,line_total\n'"
    })
    void aSheetWithoutOrdersIsRefused(String sheet) {
        assertProblem("import-not-orders", sheet);
    }

    @Test
    void aSheetOfMoreThanAHundredThousandLinesIsRefused() {
        assertProblem("import-too-long", SHORT + line("7", "1", "1").repeat(100_001));
    }

    private static String line(String number, String total, String lineTotal) {
        return number + ",2026-11-22,shipped,EUR," + total + ",Ana,a@b.es,,Taza,1," + lineTotal + ",\n";
    }

    private static ReadOrders read(String sheet) {
        return new OrderSheet(ZoneId.of("Europe/Madrid"), NOW).read(sheet);
    }

    private static java.util.List<String> codes(ReadOrders read) {
        return read.rejected().stream()
                .map(rejection -> rejection.reason().code())
                .toList();
    }

    private static void assertProblem(String slug, String sheet) {
        assertThatThrownBy(() -> read(sheet))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.slug()).isEqualTo(slug));
    }
}
