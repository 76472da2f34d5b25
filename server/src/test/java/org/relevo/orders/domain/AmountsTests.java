package org.relevo.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTests {

    @ParameterizedTest
    @CsvSource({
        "64.90, EUR, 64.90",
        "64.9, EUR, 64.90",
        "64, EUR, 64.00",
        "-19.95, EUR, -19.95",
        "0.000000, EUR, 0.00",
        "12.3456, EUR, 12.3456",
        "1500, JPY, 1500",
        "1500.00, JPY, 1500",
        "1.5, KWD, 1.500",
        "' 7 ', EUR, 7.00",
    })
    void amountsAreExactAndShowTheDecimalsOfTheirCurrency(String text, String currency, String shown) {
        var money = Amounts.read(text, Currency.getInstance(currency), false).orElseThrow();

        assertThat(money.amount()).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "1.234,50",
                "1,234.50",
                "64,90",
                "64.",
                ".5",
                "1e3",
                "NaN",
                "64.90 €",
                "1234567890123",
                "--1",
                "٣"
            })
    void whatIsNotAnAmountIsNotGuessedAt(String text) {
        assertThat(Amounts.read(text, Currency.getInstance("EUR"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"64,90|64.90", "64.90|64.90", "-3,5|-3.50"})
    void decimalsMayStandBehindACommaWhereThatIsTheCustom(String text, String shown) {
        assertThat(Amounts.read(text, Currency.getInstance("EUR"), true)
                        .orElseThrow()
                        .amount())
                .hasToString(shown);
    }
}
