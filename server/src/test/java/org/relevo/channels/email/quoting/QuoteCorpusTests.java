package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.mime.HtmlText;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.support.SharedData;

/** How much of what others and we have collected is divided as the collections say. A miss stands here with its reason. */
class QuoteCorpusTests {

    @Test
    void theAnswerIsWhatTheTrimmerOfDiscourseExpects() {
        var corpus = new Corpus("email_reply_trimmer, answer");
        for (var mail : Corpus.files("email_reply_trimmer/emails")) {
            var answer = VisibleAnswer.in(Corpus.text(mail), null);
            corpus.count(name(mail), beside(mail, "trimmed"), answer.reply());
        }
        // spam_1 is nothing but a quote, so nothing would be left: we show all of it, they show nothing.
        assertThat(corpus.misses()).containsExactly("spam_1.txt");
    }

    @Test
    void nothingIsLostThatIsNotShown() {
        var corpus = new Corpus("email_reply_trimmer, what is cut");
        for (var mail : Corpus.files("email_reply_trimmer/emails")) {
            var answer = VisibleAnswer.in(Corpus.text(mail), null);
            var cut = answer.quoted() + "\n" + answer.signature();
            corpus.count(name(mail), sortedWords(beside(mail, "elided")), sortedWords(cut));
        }
        assertThat(corpus.misses()).containsExactly("spam_1.txt");
    }

    @Test
    void spanishAnswersAreShownWhole() {
        var corpus = new Corpus("own-es");
        Corpus.json("own-es/expected.json").properties().forEach(expected -> {
            var body = Corpus.text(Corpus.at("own-es/" + expected.getKey()));
            var html = expected.getKey().endsWith(".html");
            var answer = html ? VisibleAnswer.in(HtmlText.of(body), body) : VisibleAnswer.in(body, null);
            corpus.count(
                    expected.getKey(), expected.getValue().get("visibleText").asString(), answer.reply());
            if (html) {
                corpus.count(
                        expected.getKey() + " as HTML",
                        expected.getValue().get("visibleText").asString(),
                        shownHtml(answer));
            }
        });
        assertThat(corpus.misses()).isEmpty();
    }

    @Test
    void htmlOfTheMailProgramsIsCutAtTheirMarkers() {
        var corpus = new Corpus("talon, html_replies");
        var expected = Corpus.json("talon/expected.json").get("html_replies/*").asString();
        for (var file : Corpus.files("talon/html_replies")) {
            var html = Corpus.text(file);
            var answer = VisibleAnswer.in(HtmlText.of(html), html);
            corpus.count(name(file), withoutSpaces(expected), withoutSpaces(answer.reply()));
            corpus.count(name(file) + " as HTML", withoutSpaces(expected), withoutSpaces(shownHtml(answer)));
        }
        assertThat(corpus.misses()).isEmpty();
    }

    @Test
    void wholeMailsAreDividedToo() {
        var corpus = new Corpus("talon, standard_replies");
        var phone = Corpus.text(Corpus.at("talon/standard_replies/iphone_reply_text"));
        for (var file : Corpus.files("talon/standard_replies")) {
            if (file.toString().endsWith(".eml")) {
                var mail = new MailParser().parse(SharedData.bytes(file));
                var answer = VisibleAnswer.in(mail.text(), mail.html());
                var footer =
                        name(file).startsWith("iphone") ? answer.reply() + "\n" + answer.signature() : answer.reply();
                corpus.count(name(file), name(file).startsWith("iphone") ? phone : "Hello", footer);
            }
        }
        assertThat(corpus.misses()).isEmpty();
    }

    private static String shownHtml(VisibleAnswer answer) {
        return HtmlText.of(Objects.requireNonNull(answer.replyHtml()));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String beside(Path mail, String folder) {
        var file = mail.resolveSibling("../" + folder).resolve(mail.getFileName());
        return Files.exists(file) ? Corpus.text(file) : "";
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** They reorder, join lines and unify the marks of quotes in what they cut: the words must be the same. */
    private static String sortedWords(String text) {
        var words = text.replaceAll("(?m)^\\w{1,10}>", ">")
                .replaceAll("[>|\\s]+", " ")
                .strip()
                .split(" ");
        return String.join(" ", Arrays.stream(words).sorted().toList());
    }
}
