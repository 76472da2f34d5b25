package org.relevo.channels.email.automatic;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.relevo.channels.email.automatic.Bounce.Kind;
import org.relevo.channels.email.automatic.Bounce.Recipient;
import org.relevo.channels.email.mime.ParsedMail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A report of Amazon SES that its notification service mails as JSON. */
record SesNotice(JsonNode json) {

    private static final int LONGEST = 300_000;
    private static final int LONGEST_DIAGNOSTIC = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    static Optional<SesNotice> in(ParsedMail mail) {
        var text = mail.text();
        if (!text.startsWith("{")
                || !text.contains("\"bounce") && !text.contains("\"complaint") && !text.contains("\"delivery")) {
            return Optional.empty();
        }
        var whole = text.substring(0, Math.min(text.length(), LONGEST))
                .replace("!\n ", ""); // where sendmail broke a long line
        try (var parser = JSON.createParser(whole)) { // what follows the object is a footer
            JsonNode json = parser.readValueAsTree();
            return json != null && json.path("mail").isObject() ? Optional.of(new SesNotice(json)) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    Optional<Bounce> bounce() {
        var failed = json.path("bounce");
        if (failed.isObject()) {
            var kind = failed.path("bounceType").asString("").equals("Permanent") ? "5" : "4";
            var recipients = each(failed.path("bouncedRecipients"))
                    .map(each -> recipient(each, kind))
                    .toList();
            return recipients.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Bounce(Kind.FAILED, recipients, originalMessageId()));
        }
        var said = json.path("delivery").path("smtpResponse").asString("");
        var delivered = each(json.path("delivery").path("recipients"))
                .map(each ->
                        new Recipient(each.asString("").toLowerCase(Locale.ROOT), success(said), "delivered", said))
                .toList();
        return delivered.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounce(Kind.RELAYED, delivered, originalMessageId()));
    }

    Optional<Feedback> feedback() {
        var complaint = json.path("complaint");
        if (!complaint.isObject()) {
            return Optional.empty();
        }
        var type = complaint.path("complaintFeedbackType").asString("abuse").toLowerCase(Locale.ROOT);
        var recipients = each(complaint.path("complainedRecipients"))
                .map(each -> each.path("emailAddress").asString("").toLowerCase(Locale.ROOT))
                .toList();
        return Optional.of(new Feedback(type, recipients, originalMessageId()));
    }

    private static Recipient recipient(JsonNode each, String kind) {
        var said = Diagnostics.oneLine(each.path("diagnosticCode").asString(""), LONGEST_DIAGNOSTIC);
        var stated = each.path("status").asString("");
        var status =
                Diagnosis.isStatus(stated) ? stated : Diagnosis.of(said, kind).orElse(kind + ".0.0");
        var address = each.path("emailAddress").asString("");
        return new Recipient(
                MailAddresses.first(address).orElseGet(() -> address.toLowerCase(Locale.ROOT)), status, "failed", said);
    }

    private static String success(String said) {
        return Stream.of(said.split(" ", 4))
                .filter(word -> word.startsWith("2."))
                .findFirst()
                .orElse("2.0.0");
    }

    /** As the sender wrote it, else the one that SES gave it. */
    private Optional<String> originalMessageId() {
        var mail = json.path("mail");
        return each(mail.path("headers"))
                .filter(header -> header.path("name").asString("").equalsIgnoreCase("Message-ID"))
                .map(header -> header.path("value").asString(""))
                .filter(value -> value.startsWith("<"))
                .findFirst()
                .or(() -> Optional.of("<" + mail.path("messageId").asString("") + ">")
                        .filter(id -> id.length() > 2));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
