package org.relevo.channels.email.automatic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.support.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports of 80 kinds of mail system, with what two other programs read in them. The codes 5.0.9xx are their own inventions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BounceCorpusTests {

    private static final String CORPUS = "mail/sisimai-set-of-emails/";

    private final MailParser parser = new MailParser();
    private final Map<String, Score> scores = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    private static final class Score {
        private int right;
        private int all;
    }

    @BeforeAll
    void readAll() {
        var expected = new JsonMapper().readTree(SharedData.bytes(SharedData.at(CORPUS + "expected.json")));
        expected.propertyStream().forEach(mail -> compare(mail.getKey(), mail.getValue()));
        System.out.println("\n| what | right | of | % |\n| --- | --- | --- | --- |");
        scores.forEach((what, score) -> System.out.printf(
                Locale.ROOT, "| %s | %d | %d | %.1f |%n", what, score.right, score.all, percent(what)));
        misses.stream().sorted().forEach(System.out::println);
    }

    private void compare(String file, JsonNode expected) {
        var mail = read(SharedData.at(CORPUS + "bsd/" + file));
        var reason = expected.path("expected").path(0).path("reason").asString("");
        if (reason.equals("vacation")) {
            count(
                    "answers",
                    file,
                    AutomaticMail.of(mail).kind() == AutomaticMail.Kind.AUTO_REPLY
                            && Bounce.in(mail).isEmpty(),
                    "");
        } else if (reason.equals("feedback")) {
            compareComplaint(file, mail, expected);
        } else {
            compareBounce(file, mail, expected);
        }
    }

    private void compareComplaint(String file, ParsedMail mail, JsonNode expected) {
        var feedback = Feedback.in(mail);
        count("complaints", file, feedback.isPresent() && Bounce.in(mail).isEmpty(), feedback);
        feedback.ifPresent(found -> {
            count(
                    "complaints: type",
                    file,
                    found.type()
                            .equals(expected.path("expected")
                                    .path(0)
                                    .path("feedbacktype")
                                    .asString("")),
                    found);
            compareId("complaints: original id", file, found.originalMessageId().orElse(""), expected);
        });
    }

    private void compareBounce(String file, ParsedMail mail, JsonNode expected) {
        var bounce = Bounce.in(mail);
        count("bounces", file, bounce.isPresent(), mail.subject());
        bounce.ifPresent(found -> {
            compareRecipients(file, found, expected);
            compareStatus(file, found, expected);
            compareId("bounces: original id", file, found.originalMessageId().orElse(""), expected);
        });
    }

    private void compareRecipients(String file, Bounce found, JsonNode expected) {
        var theirs = texts(expected.path("sisimai_4_25"), "recipient");
        if (!theirs.isEmpty()) {
            var ours = found.recipients().stream()
                    .map(Bounce.Recipient::address)
                    .sorted()
                    .toList();
            count("bounces: recipients", file, ours.equals(theirs), ours + " for " + theirs);
        }
    }

    private void compareStatus(String file, Bounce found, JsonNode expected) {
        var theirs = texts(expected.path("expected"), "status");
        if (theirs.isEmpty()) {
            return;
        }
        var ours = found.recipients().stream()
                .map(Bounce.Recipient::status)
                .distinct()
                .sorted()
                .toList();
        var classes = firstDigits(ours).equals(firstDigits(theirs));
        count("bounces: class", file, classes, ours + " for " + theirs + found.recipients());
        var invented = theirs.stream().anyMatch(status -> status.matches("\\d\\.0\\.9\\d\\d"));
        if (!invented) {
            count("bounces: status as stated", file, ours.equals(theirs), ours + " for " + theirs + found.recipients());
        }
        var hard = texts(expected.path("expected"), "hardbounce");
        var ourHard = found.recipients().stream()
                .map(each -> String.valueOf(each.hard()))
                .distinct()
                .sorted()
                .toList();
        count(
                "bounces: dead addresses",
                file,
                ourHard.equals(hard),
                ourHard + " for " + hard + ours + theirs + texts(expected.path("expected"), "reason"));
    }

    private void compareId(String what, String file, String ours, JsonNode expected) {
        var theirs = expected.path("sisimai_4_25").path(0).path("messageid").asString("");
        if (!theirs.isEmpty()) {
            count(what, file, ours.contains(theirs), ours + " for " + theirs);
        }
    }

    private static List<String> firstDigits(List<String> statuses) {
        return statuses.stream()
                .map(status -> status.substring(0, 1))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(each -> each.path(field).asString("").toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }

    private void count(String what, String file, boolean right, Object found) {
        var score = scores.computeIfAbsent(what, _ -> new Score());
        score.all++;
        score.right += right ? 1 : 0;
        if (!right) {
            misses.add(what + ": " + file + ": " + found);
        }
    }

    private double percent(String what) {
        var score = scores.getOrDefault(what, new Score());
        return 100.0 * score.right / score.all;
    }

    private ParsedMail read(Path file) {
        return parser.parse(SharedData.bytes(file));
    }

    /** Floors a little under what is reached, so that what is lost shows. */
    @ParameterizedTest(name = "{0}: {1} %")
    @CsvSource({
        "answers, 100",
        "complaints, 100",
        "complaints: type, 100",
        "complaints: original id, 100",
        "bounces, 98.5",
        "bounces: recipients, 97.5",
        "bounces: class, 99",
        "bounces: status as stated, 98.5",
        "bounces: original id, 98.5",
        "bounces: dead addresses, 87.5"
    })
    void readsAsMuchAsOtherProgramsDo(String what, double floor) {
        assertThat(percent(what)).isGreaterThanOrEqualTo(floor);
    }

    Stream<Path> others() {
        return Stream.of("is-not-bounce-01.eml", "is-not-bounce-02.eml", "rb-issue-368-bug.eml")
                .map(name -> SharedData.at(CORPUS + "not-a-bounce/" + name));
    }

    @ParameterizedTest
    @MethodSource("others")
    void leavesOtherMailsAlone(Path file) {
        assertThat(Bounce.in(read(file))).isEmpty();
    }
}
