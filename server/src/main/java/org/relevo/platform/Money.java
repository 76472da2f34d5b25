package org.relevo.platform;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.Currency;

/** An exact amount in one currency. Never rounded here: whoever sends it out rounds it, once. */
public record Money(
        @Schema(type = "string", example = "64.90") @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal amount,

        @Schema(type = "string", example = "EUR") Currency currency) {

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    /**
     * The sum of both.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot add " + other.currency + " to " + currency + ".");
        }
        return new Money(amount.add(other.amount), currency);
    }
}
