package org.relevo.customers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who buys, or asks.
 *
 * @param language the language they write in (BCP 47), when known
 */
public record Customer(
        CustomerId id, String name, @Nullable String language, Instant since, List<Identity> identities) {

    /** Their first e-mail address. */
    public @Nullable String email() {
        return identities.stream()
                .filter(identity -> identity.kind() == Identity.Kind.EMAIL)
                .map(Identity::value)
                .findFirst()
                .orElse(null);
    }
}
