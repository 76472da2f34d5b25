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
    private static final Map<String, String> ARGUED = Map.ofEntries();

    private record Score(int agreed, int argued, List<String> misses) {}

    private final Map<String, int[]> table = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    @Test
    void readsWhatAnotherReaderReads() {
        var folder = SharedData.at("mail/mikel-mail");
        var reference = JsonMapper.shared().readTree(SharedData.bytes(folder.resolve("reference.json")));
        reference.properties().forEach(entry ->
                compare(entry.getKey(), MailParser.read(SharedData.bytes(folder.resolve(entry.getKey()))), entry.getValue()));

        table.forEach((field, counts) ->
                System.out.printf("mikel-mail %-12s %3d agreed, %2d argued, %2d missed%n", field, counts[0], counts[1], counts[2]));
        misses.forEach(System.out::println);
        assertThat(misses).isEmpty();
    }

    private void compare(String file, ParsedMail mail, JsonNode expected) {
        check(file, "subject", folded(expected.path("subject").asString("")), folded(mail.subject()));
        check(file, "from", first(expected.path("from")), mail.from().map(ParsedMail.Address::address).orElse(""));
        check(file, "to", list(expected.path("to")), mail.to().stream().map(ParsedMail.Address::address).toList().toString());
        check(file, "message_id", bare(expected.path("message_id").asString("")), bare(mail.messageId().orElse("")));
        check(file, "in_reply_to", list(expected.path("in_reply_to")), bare(mail.inReplyTo()));
        check(file, "references", list(expected.path("references")), bare(mail.references()));
        check(file, "date", instant(expected.path("date").asString("")), mail.date().map(Instant::toString).orElse(""));
        check(file, "attachments", names(expected.path("attachments")), names(mail));
        text(file, expected, mail);
    }

    private void text(String file, JsonNode expected, ParsedMail mail) {
        var wanted = folded(expected.path("text").asString(""));
        var said = wanted.stripLeading().startsWith("<") ? folded(HtmlText.of(wanted)) : wanted;
        check(file, "text", said, !said.isEmpty() && folded(mail.text()).startsWith(said) ? said : said.isEmpty() ? said : folded(mail.text()));
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
        return list.valueStream().map(one -> one.asString().toLowerCase(Locale.ROOT)).toList().toString();
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
        return ids.stream().map(id -> bare(id).toLowerCase(Locale.ROOT)).toList().toString();
    }

    private static String instant(String date) {
        return date.isEmpty() ? "" : OffsetDateTime.parse(date).toInstant().toString();
    }
}
