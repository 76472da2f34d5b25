package org.relevo.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderNumbersTests {

    @ParameterizedTest
    @CsvSource({
        "AU-20418, AU20418",
        "au 20418, AU20418",
        "#15, 15",
        "Nº 15, Nº15",
        "ORD/2026/0007, ORD20260007",
        "'', ''",
    })
    void spellingsOfOneNumberHaveOneKey(String written, String key) {
        assertThat(OrderNumbers.key(written)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "¿Dónde está mi pedido AU-20418?    | AU20418",
                "Where is order #15, please         | 15",
                "pedido au 20418                    | AU20418",
                "(20418)                            | 20418",
                "Re: Pedido [20418]: gracias        | 20418",
                "Pedido: 20418.                     | 20418",
            })
    void theNumberInASentenceIsAmongTheCandidates(String sentence, String key) {
        assertThat(OrderNumbers.candidates(sentence)).contains(key);
    }

    @Test
    void wordsWithoutDigitsAreNoCandidates() {
        assertThat(OrderNumbers.candidates("Hola, ¿dónde está mi pedido?")).isEmpty();
    }

    @Test
    void aTextFullOfNumbersGivesAtMostFortyOrSo() {
        var text = "12345 ".repeat(3_000).replaceAll("5 ", "5 7").strip() + " 1 2 3";

        assertThat(OrderNumbers.candidates(text)).hasSizeLessThanOrEqualTo(41);
    }
}
