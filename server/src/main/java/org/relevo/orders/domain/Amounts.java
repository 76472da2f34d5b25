package org.relevo.orders.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import org.relevo.platform.Money;

/** Exact amounts from text. */
public final class Amounts {

    private static final Pattern POINT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern COMMA = Pattern.compile("-?\\d{1,12}(,\\d{1,6})?");

    private Amounts() {}

    /**
     * The amount, with at least the decimals that its currency shows: {@code 64.9} EUR is {@code 64.90}. Empty if the
     * text is not one; grouping such as {@code 1.234,50} is not guessed at.
     *
     * @param comma whether the decimals may stand behind a comma
     */
    public static Optional<Money> read(String text, Currency currency, boolean comma) {
        var amount = text.strip();
        if (comma && COMMA.matcher(amount).matches()) {
            amount = amount.replace(',', '.');
        }
        if (!POINT.matcher(amount).matches()) {
            return Optional.empty();
        }
        return Optional.of(money(new BigDecimal(amount), currency));
    }

    /** The amount in {@code currency}, unchanged but for zeros at its end. */
    public static Money money(BigDecimal amount, Currency currency) {
        var shown = Math.max(0, currency.getDefaultFractionDigits());
        var exact = amount.stripTrailingZeros();
        return new Money(exact.setScale(Math.max(shown, exact.scale()), RoundingMode.UNNECESSARY), currency);
    }

    /** The currency of that ISO 4217 code. */
    public static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code.strip().toUpperCase(java.util.Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
