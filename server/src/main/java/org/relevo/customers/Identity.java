package org.relevo.customers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * An address of a customer on some channel, in the form in which equal addresses are equal.
 *
 * @param value for e-mail in lower case; for phones digits with a leading plus if it was given
 */
public record Identity(Kind kind, String value) {

    /** What kind of address. */
    public enum Kind {
        EMAIL,
        PHONE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Identity email(String address) {
        return new Identity(Kind.EMAIL, address.strip().toLowerCase(Locale.ROOT));
    }

    public static Identity phone(String number) {
        return new Identity(Kind.PHONE, number.replaceAll("[^0-9+]", ""));
    }
}
