package org.relevo.channels.email.automatic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.relevo.channels.email.mime.Headers;
import org.relevo.channels.email.mime.ParsedMail;

/** The fields for one recipient in a delivery status notification (RFC 3464, 2.3; RFC 6533 for addresses beyond ASCII). */
record DeliveryReport(Headers fields) {

    private static final Set<String> TYPES = Set.of("message/delivery-status", "message/global-delivery-status");
    private static final Set<String> ACTIONS = Set.of("failed", "delayed", "delivered", "relayed", "expanded");
    private static final int LONGEST_DIAGNOSTIC = 1_000;

    static boolean isPart(ParsedMail.Part part) {
        return TYPES.contains(part.type());
    }

    /** Every recipient of every status part; of the notice itself where a server wrote the fields into its text. */
    static List<DeliveryReport> in(ParsedMail mail, Notice notice) {
        var stated = mail.parts().stream()
                .filter(DeliveryReport::isPart)
                .flatMap(part -> reports(FieldBlocks.in(part.content())).stream())
                .toList();
        return stated.isEmpty() ? reports(FieldBlocks.in(notice.lines())) : stated;
    }

    /** One recipient for each group of fields, also where the empty lines between them are missing or too many. */
    private static List<DeliveryReport> reports(List<Headers> blocks) {
        var reports = new ArrayList<DeliveryReport>();
        for (var block : blocks) {
            for (var fields : split(block)) {
                add(new DeliveryReport(fields), reports);
            }
        }
        return reports.stream().filter(DeliveryReport::namesRecipient).toList();
    }

    private static List<Headers> split(Headers block) {
        var groups = new ArrayList<Headers>();
        var group = new ArrayList<Headers.Field>();
        for (var field : block.fields()) {
            var repeated = field.name().equalsIgnoreCase("Final-Recipient")
                    && group.stream().anyMatch(earlier -> earlier.name().equalsIgnoreCase("Final-Recipient"));
            if (repeated) {
                groups.add(new Headers(List.copyOf(group)));
                group.clear();
            }
            group.add(field);
        }
        groups.add(new Headers(List.copyOf(group)));
        return groups;
    }

    private static void add(DeliveryReport report, List<DeliveryReport> reports) {
        var belongsToLast = !reports.isEmpty()
                && report.tells()
                && (!report.namesRecipient() || !reports.getLast().namesRecipient())
                && !(report.tellsStatus() && reports.getLast().tellsStatus());
        if (belongsToLast) {
            var last = reports.removeLast();
            reports.add(new DeliveryReport(
                    new Headers(Stream.concat(last.fields.fields().stream(), report.fields.fields().stream())
                            .toList())));
        } else if (report.tells()) {
            reports.add(report);
        }
    }

    private boolean namesRecipient() {
        return Stream.of("Final-Recipient", "Original-Recipient", "X-Actual-Recipient")
                .anyMatch(name -> fields.first(name).isPresent());
    }

    private boolean tellsStatus() {
        return fields.first("Status").isPresent();
    }

    private boolean tells() {
        return namesRecipient() || tellsStatus();
    }

    /**
     * The address that the mail was sent to: the original one, if it is told, since the final one may be where it was
     * forwarded to (RFC 3464, 2.3.1).
     */
    Optional<String> address() {
        return Stream.of("Original-Recipient", "Final-Recipient", "X-Actual-Recipient")
                .flatMap(name -> fields.first(name).stream())
                .flatMap(value -> address(value).stream())
                .findFirst();
    }

    private static Optional<String> address(String value) {
        var bare = value.substring(value.indexOf(';') + 1).strip();
        return MailAddresses.first(bare);
    }

    /** Failed, delayed and so on; empty when it is not told, or told in a word that means nothing. */
    Optional<String> action() {
        return fields.first("Action")
                .map(value -> value.strip().toLowerCase(Locale.ROOT).split("[^a-z]", 2)[0])
                .map(word -> word.equals("expired") ? "failed" : word)
                .filter(ACTIONS::contains);
    }

    /** The status that it states: the field's, unless {@code said} holds one of the same class that says more. */
    Optional<String> status(String said) {
        var field = fields.first("Status").flatMap(DeliveryReport::code);
        var other = Diagnosis.stated(said);
        if (field.isEmpty() || other.isEmpty()) {
            return field.or(() -> other);
        }
        var better = field.get().charAt(0) == other.get().charAt(0)
                && Diagnosis.vagueness(other.get()) < Diagnosis.vagueness(field.get());
        return better ? other : field;
    }

    private static Optional<String> code(String value) {
        var word = value.strip().split("[\\s(;]", 2)[0];
        return Diagnosis.isStatus(word) ? Optional.of(word) : Optional.empty();
    }

    /** What the server said, without the name of its protocol. */
    String diagnostic() {
        var said = fields.first("Diagnostic-Code").orElse("");
        var type = said.indexOf(';');
        var bare = type >= 0 && type < 30 ? said.substring(type + 1) : said;
        return Diagnostics.oneLine(bare, LONGEST_DIAGNOSTIC);
    }
}
