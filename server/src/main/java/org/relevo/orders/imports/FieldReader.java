package org.relevo.orders.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.orders.ImportReport.Rejection;
import org.relevo.orders.Order;
import org.relevo.orders.OrderStatus;
import org.relevo.orders.domain.Amounts;
import org.relevo.orders.domain.ShopAddress;
import org.relevo.platform.Money;
import org.relevo.platform.Reason;

/**
 * Reads the fields of one order or line. What is wrong is noted and reading goes on with something harmless, so that a
 * person sees every fault at once; whoever has noted a fault keeps nothing of the order.
 *
 * @param line where we are, for the report
 * @param comma whether decimals may stand behind a comma
 * @param zone where times without an offset were noted
 */
record FieldReader(int line, boolean comma, ZoneId zone, List<Rejection> rejected) {

    private static final int LONGEST = 1_000;
    private static final Currency NONE = Currency.getInstance("XXX");
    private static final int MOST_PIECES = 1_000_000;

    void reject(@Nullable String field, String code, String... arguments) {
        rejected.add(new Rejection(line, field, Reason.of("field." + code, arguments)));
    }

    @Nullable
    String optional(String field, @Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        if (given.length() > LONGEST) {
            reject(field, "import-too-long", String.valueOf(LONGEST));
        }
        return given.strip();
    }

    String required(String field, @Nullable String given) {
        var text = optional(field, given);
        if (text == null) {
            reject(field, "import-missing");
            return "";
        }
        return text;
    }

    Currency currency(String field, @Nullable String given) {
        var code = required(field, given);
        return code.isEmpty() ? NONE : orReject(Amounts.currency(code), NONE, field, "import-currency", code);
    }

    Money amount(String field, @Nullable String given, Currency currency) {
        var none = new Money(BigDecimal.ZERO, currency);
        var text = required(field, given);
        return text.isEmpty()
                ? none
                : orReject(Amounts.read(text, currency, comma), none, field, "import-amount", text);
    }

    @Nullable
    Money optionalAmount(String field, @Nullable String given, Currency currency) {
        return optional(field, given) == null ? null : amount(field, given, currency);
    }

    int quantity(String field, @Nullable String given) {
        var text = required(field, given);
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) > MOST_PIECES) {
            reject(field, "import-quantity", text);
            return 0;
        }
        return Integer.parseInt(text);
    }

    OrderStatus status(String field, @Nullable String given) {
        var word = required(field, given).toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return OrderStatus.PROCESSING;
        }
        var known = Arrays.stream(OrderStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst();
        var words = Arrays.stream(OrderStatus.values()).map(OrderStatus::word).collect(Collectors.joining(", "));
        if (known.isEmpty()) {
            reject(field, "import-status", word, words);
        }
        return known.orElse(OrderStatus.PROCESSING);
    }

    Order.StepState step(String field, @Nullable String given) {
        var word = required(field, given).toLowerCase(Locale.ROOT);
        var known = Arrays.stream(Order.StepState.values())
                .filter(state -> state.word().equals(word))
                .findFirst();
        if (known.isEmpty() && !word.isEmpty()) {
            reject(field, "import-status", word, "done, current, late, pending");
        }
        return known.orElse(Order.StepState.PENDING);
    }

    Instant moment(String field, @Nullable String given) {
        var text = required(field, given);
        return text.isEmpty() ? Instant.EPOCH : orReject(instant(text), Instant.EPOCH, field, "import-time", text);
    }

    @Nullable
    Instant optionalMoment(String field, @Nullable String given) {
        return optional(field, given) == null ? null : moment(field, given);
    }

    private Optional<Instant> instant(String text) {
        var iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) +", "$1T");
        try {
            return Optional.of(
                            iso.length() == 10
                                    ? LocalDate.parse(iso).atStartOfDay(zone).toInstant()
                                    : iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
                                            ? OffsetDateTime.parse(iso).toInstant()
                                            : LocalDateTime.parse(iso)
                                                    .atZone(zone)
                                                    .toInstant())
                    .filter(instant -> instant.isAfter(Instant.EPOCH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Nullable
    LocalDate optionalDay(String field, @Nullable String given) {
        var text = optional(field, given);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            reject(field, "import-day", text);
            return null;
        }
    }

    @Nullable
    String email(String field, @Nullable String given) {
        var text = optional(field, given);
        if (text != null && !text.matches("[^\\s@,;]+@[^\\s@,;]+")) {
            reject(field, "import-email", text);
        }
        return text;
    }

    @Nullable
    String link(String field, @Nullable String given) {
        var text = optional(field, given);
        if (text != null && ShopAddress.linkOrNull(text) == null) {
            reject(field, "import-link", text);
        }
        return text;
    }

    private <T> T orReject(Optional<T> read, T harmless, String field, String code, String given) {
        if (read.isEmpty()) {
            reject(field, code, given);
        }
        return read.orElse(harmless);
    }
}
