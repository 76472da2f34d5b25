package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relevo.support.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the Ruby library "mail" reads in 69 awkward mails, compared with what we read: a second opinion, not the truth. Where we
 * differ on purpose, {@link #ARGUED} says why.
 */
class RubyMailConformanceTests {

    /** File and field: why ours is right. */
    private static final Map<String, String> ARGUED = Map.ofEntries(
            Map.entry("error_emails/content_transfer_encoding_7-bit.eml text", "UTF-8 all over under a Latin-1 label"),
            Map.entry(
                    "error_emails/content_transfer_encoding_x_uuencode.eml attachments",
                    "the name as its sender wrote it"),
            Map.entry("error_emails/invalid_subject_characters.eml subject", "raw Latin-1 is read, not replaced"),
            Map.entry(
                    "error_emails/multiple_content_types.eml text", "of two types the first counts: it is a multipart"),
            Map.entry(
                    "error_emails/multiple_references_with_one_invalid.eml references",
                    "the ids that are whole are kept"),
            Map.entry("plain_emails/mix_caps_content_type.eml from", "the address is there"),
            Map.entry("plain_emails/raw_email10.eml text", "raw Latin-1 is read, not replaced"),
            Map.entry("plain_emails/raw_email6.eml text", "raw Latin-1 is read, not replaced"),
            Map.entry("plain_emails/raw_email8.eml attachments", "raw 8-bit is read, not replaced"),
            Map.entry("plain_emails/raw_email_multiple_from.eml from", "two addresses without a comma are two"),
            Map.entry("plain_emails/raw_email_multiple_from.eml to", "two addresses without a comma are two"),
            Map.entry(
                    "plain_emails/raw_email_with_bad_date.eml date",
                    "an unreadable month is no date, least of all this year's"),
            Map.entry("rfc2822/example10.eml from", "comments are no part of an address (RFC 5322, A.5)"),
            Map.entry("rfc2822/example11.eml to", "routes and white space are no part of an address (RFC 5322, A.6.3)"),
            Map.entry(
                    "rfc2822/example13.eml message_id",
                    "white space and comments are no part of an id (RFC 5322, A.6.3)"));

    private final Map<String, int[]> table = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    @Test
    void readsWhatAnotherReaderReads() {
        var folder = SharedData.at("mail/mikel-mail");
        var reference = JsonMapper.shared().readTree(SharedData.bytes(folder.resolve("reference.json")));
        reference
                .properties()
                .forEach(entry -> compare(
                        entry.getKey(),
                        MailParser.read(SharedData.bytes(folder.resolve(entry.getKey()))),
                        entry.getValue()));

        table.forEach((field, counts) -> System.out.printf(
                "mikel-mail %-12s %3d agreed, %2d argued, %2d missed%n", field, counts[0], counts[1], counts[2]));
        misses.forEach(System.out::println);
        assertThat(misses).isEmpty();
    }

    private void compare(String file, ParsedMail mail, JsonNode expected) {
        check(file, "subject", folded(expected.path("subject").asString("")), folded(mail.subject()));
        check(
                file,
                "from",
                first(expected.path("from")),
                mail.from().map(ParsedMail.Address::address).orElse(""));
        check(
                file,
                "to",
                list(expected.path("to")),
                mail.to().stream().map(ParsedMail.Address::address).toList().toString());
        check(
                file,
                "message_id",
                bare(expected.path("message_id").asString("")),
                bare(mail.messageId().orElse("")));
        check(file, "in_reply_to", list(expected.path("in_reply_to")), bare(mail.inReplyTo()));
        check(file, "references", list(expected.path("references")), bare(mail.references()));
        check(
                file,
                "date",
                instant(expected.path("date").asString("")),
                mail.date().map(Instant::toString).orElse(""));
        check(file, "attachments", names(expected.path("attachments")), names(mail));
        text(file, expected, mail);
    }

    private void text(String file, JsonNode expected, ParsedMail mail) {
        var wanted = folded(expected.path("text").asString(""));
        var said = wanted.startsWith("<") && mail.html() != null ? folded(HtmlText.of(wanted)) : wanted;
        check(
                file,
                "text",
                said,
                !said.isEmpty() && folded(mail.text()).startsWith(said)
                        ? said
                        : said.isEmpty() ? said : folded(mail.text()));
    }

    private void check(String file, String field, String expected, String ours) {
        var counts = table.computeIfAbsent(field, _ -> new int[3]);
        if (expected.equals(ours)) {
            counts[0]++;
        } else if (ARGUED.containsKey(file + " " + field)) {
            counts[1]++;
        } else {
            counts[2]++;
            misses.add(file + " " + field + "\n   theirs " + cut(expected) + "\n   ours   " + cut(ours));
        }
    }

    private static String cut(String text) {
        return text.length() < 300 ? text : text.substring(0, 300);
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String first(JsonNode list) {
        return list.isEmpty() ? "" : list.get(0).asString().toLowerCase(Locale.ROOT);
    }

    private static String list(JsonNode list) {
        return list.valueStream()
                .map(one -> one.asString().toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }

    private static String names(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList().toString();
    }

    private static String names(ParsedMail mail) {
        return mail.parts().stream().map(ParsedMail.Part::name).toList().toString();
    }

    private static String bare(String id) {
        return id.replaceAll("^<|>$", "");
    }

    private static String bare(List<String> ids) {
        return ids.stream()
                .map(id -> bare(id).toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }

    private static String instant(String date) {
        return date.isEmpty() ? "" : OffsetDateTime.parse(date).toInstant().toString();
    }
}
