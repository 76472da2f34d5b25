package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.mime.ParsedMail.Address;
import tools.jackson.databind.JsonNode;

/** How many of the collected forwarded mails are found, field by field. */
class ForwardCorpusTests {

    private static final String FOLDER = "email-forward-parser/";

    @Test
    void theOriginalOfEveryStatedForwardIsFound() {
        var corpus = new Corpus("email-forward-parser, stated cases");
        var expected = Corpus.json(FOLDER + "expected.json");
        for (var stated : expected.get("cases")) {
            var body = stated.get("body").asString();
            var subject = stated.has("subject")
                    ? fixture(stated.get("subject").asString()).strip()
                    : "";
            var found = ForwardedMail.in(subject, fixture(body))
                    .map(ForwardCorpusTests::written)
                    .orElse("none");
            corpus.count(body, written(expected.get("original"), body, fixture(body)), found);
        }
        assertThat(corpus.misses()).isEmpty();
    }

    @Test
    void theVariantsGiveTheirAuthorAndTheirText() {
        var corpus = new Corpus("email-forward-parser, variants");
        var text = Corpus.json(FOLDER + "expected.json")
                .get("original")
                .get("body")
                .asString();
        for (var file : Corpus.files(FOLDER + "fixtures")) {
            var name = file.getFileName().toString();
            if (name.contains("_body_variant_") && !name.endsWith("_variant_4.txt")) {
                var found = ForwardedMail.in("FW: Integer consequat non purus", Corpus.text(file));
                corpus.count(
                        name,
                        author(name) + " " + text.substring(0, 60),
                        found.map(mail -> author(mail) + " "
                                        + Corpus.folded(mail.text()).substring(0, 60))
                                .orElse("none"));
                corpus.count(
                        name + ", above",
                        above(name),
                        found.map(ForwardedMail::before).orElse("none"));
            }
        }
        assertThat(corpus.misses()).isEmpty();
    }

    @Test
    void anAnswerForwardsNothing() {
        var corpus = new Corpus("email-forward-parser, answers");
        for (var file : Corpus.files(FOLDER + "fixtures")) {
            var name = file.getFileName().toString();
            if (name.endsWith("_body_variant_4.txt")) {
                var found = ForwardedMail.in("Re: Integer consequat non purus", Corpus.text(file));
                corpus.count(
                        name, "none", found.map(ForwardCorpusTests::written).orElse("none"));
                corpus.count(
                        name + ", answer",
                        "That's true! Regards, e.",
                        VisibleAnswer.in(Corpus.text(file), null).reply());
            }
        }
        assertThat(corpus.misses()).isEmpty();
    }

    @Test
    void theTrimmersEmbeddedMailsAreFound() {
        var corpus = new Corpus("email_reply_trimmer, embedded");
        for (var file : Corpus.files("email_reply_trimmer/embedded")) {
            var name = file.getFileName().toString();
            var found = ForwardedMail.in("", Corpus.text(Corpus.at("email_reply_trimmer/emails/" + name)));
            corpus.count(
                    name,
                    Corpus.text(Corpus.at("email_reply_trimmer/before/" + name)),
                    found.map(ForwardedMail::before).orElse("none"));
            var end = Corpus.folded(found.map(ForwardedMail::text).orElse("none"));
            corpus.count(
                    name + ", text",
                    "true",
                    "" + Corpus.folded(Corpus.text(file)).endsWith(end));
        }
        assertThat(corpus.misses()).isEmpty();
    }

    private static String fixture(String name) {
        return Corpus.text(Corpus.at(FOLDER + "fixtures/" + name));
    }

    /** What the fixture carries of the original: IONOS leaves out the copies, the old Outlook all recipients. */
    private static String written(JsonNode original, String body, String text) {
        var named = !body.startsWith("outlook_2019");
        var cc = original.get("cc")
                .valueStream()
                .filter(address -> text.contains(address.get("address").asString()))
                .map(address -> address.get("name").asString() + " <"
                        + address.get("address").asString() + ">")
                .collect(Collectors.joining(", "));
        return "John Doe <john.doe@acme.com> to " + (named ? "<bessie.berry@acme.com>" : "") + " cc " + cc + " subject "
                + (named ? original.get("subject").asString() : "-") + " text "
                + original.get("body").asString();
    }

    private static String written(ForwardedMail mail) {
        assertThat(mail.date()).containsPattern("20\\d\\d");
        return author(mail) + " to "
                + mail.to().stream().map(ForwardCorpusTests::written).collect(Collectors.joining(", "))
                + " cc " + mail.cc().stream().map(ForwardCorpusTests::written).collect(Collectors.joining(", "))
                + " subject " + (mail.subject() == null ? "-" : mail.subject()) + " text " + mail.text();
    }

    private static String author(ForwardedMail mail) {
        return mail.from() == null ? "nobody" : written(mail.from());
    }

    private static String author(String fixture) {
        return switch (fixture) {
            case "apple_mail_en_body_variant_5.txt" -> "<john.doe@acme.com>";
            case "outlook_live_en_body_variant_11.txt" -> "John, Doe <john.doe@acme.com>";
            case "unknown_en_body_variant_12.txt" -> "John Doe <>";
            default -> "John Doe <john.doe@acme.com>";
        };
    }

    private static String above(String fixture) {
        var text = fixture(fixture);
        return text.startsWith("Praesent") ? "Praesent suscipit egestas hendrerit. Aliquam eget dui dui." : "";
    }

    private static String written(Address address) {
        return (address.name() + " <" + address.address() + ">").strip();
    }
}
