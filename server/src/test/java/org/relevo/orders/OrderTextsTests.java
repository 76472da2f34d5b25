package org.relevo.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OrderTextsTests {

    @Test
    void everySentenceIsThereInBothLanguagesWithTheSameArguments() throws IOException {
        var english = texts("/texts/orders.properties", Locale.ENGLISH);
        var spanish = texts("/texts/orders_es.properties", Locale.of("es"));

        assertThat(spanish.keySet()).isEqualTo(english.keySet());
        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(spanish.getProperty(key), Locale.of("es")))
                    .as(key)
                    .isEqualTo(arguments(english.getProperty(key), Locale.ENGLISH));
        }
    }

    @Test
    void everyProblemHasATitleAndADetail() throws IOException {
        var texts = texts("/texts/orders.properties", Locale.ENGLISH);

        assertThat(texts.stringPropertyNames().stream().filter(key -> key.endsWith(".title")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(texts).containsKey(key.replace(".title", ".detail")));
    }

    private static int arguments(String sentence, Locale language) {
        return new MessageFormat(sentence, language).getFormatsByArgumentIndex().length;
    }

    private static Properties texts(String name, Locale language) throws IOException {
        var texts = new Properties();
        try (var file = Objects.requireNonNull(OrderTextsTests.class.getResourceAsStream(name), language.toString())) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
