package org.relevo.platform.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Reads an enum from a URL by the word that it has on the wire: {@code on-hold} for {@code ON_HOLD}. */
final class WordInUrl implements ConverterFactory<String, Enum<?>> {

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // an enum's class is one of an Enum of itself
    public <T extends Enum<?>> Converter<String, @Nullable T> getConverter(Class<T> type) {
        return word -> word.isEmpty()
                ? null
                : (T) Enum.valueOf((Class) type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
