package org.relevo.platform.web;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.stereotype.Component;

/** Reads the constant of an enum from a query as the contract writes it: {@code in-small-letters}. */
@Component
@SuppressWarnings("rawtypes") // as ConverterFactory declares what an enum is
final class WordInUrl implements ConverterFactory<String, Enum> {

    @Override
    @SuppressWarnings("unchecked")
    public <T extends Enum> Converter<String, T> getConverter(Class<T> type) {
        return word -> (T) Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
