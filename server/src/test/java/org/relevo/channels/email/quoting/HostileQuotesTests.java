package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.support.SharedData;
import tools.jackson.databind.json.JsonMapper;

/** Mails that would take a careless reader for ever. Times are compared with each other, for machines differ. */
class HostileQuotesTests {

    private static final int RUNS = 3;
    /** Below this, what is measured is the machine. */
    private static final long SHORTEST = 4_000_000;

    /** A square would be 64; what lies between is left to the other work of the machine. */
    private static final double LINEAR_FOR_EIGHT_TIMES_AS_MUCH = 32;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bq",
                ">",
                "> ",
                "> a\n",
                "a\n> b\n",
                "--\n",
                "-- \n",
                "El ",
                "El 9/2/2026 a las 18:02, x, ",
                "escribió:\n",
                "On x@y.zz <\n",
                "De: a@b.cc\n",
                "De: a\n\n",
                "De: a\nPara: b@c.dd,\n",
                "-----Mensaje original-----\n",
                "_____\n",
                "Enviado desde mi iPhone\n",
                "<",
                "a@b.cc ",
                "1/",
                "El 9/2/2026 a las 18:02, Ana <a@b.cc> escribió:\n",
                ":\n",
                "*",
                "\ufeff",
                "El 9/2/2026, Ana escribió:\n> a\nb\n",
                "----- a ----- De: ",
                "De: ",
                "|\n",
                " ",
                "\t\n",
                "a > b:  ",
                "-a",
                "<mailto:"
            })
    void eightTimesAsMuchDoesNotTakeTheSquareOfItLonger(String piece) {
        assertGrowsLinearly(piece, text -> {
            var answer = VisibleAnswer.in(text, null);
            var forwarded = ForwardedMail.in("RV: x", text);
            return answer.reply() + forwarded.map(ForwardedMail::text).orElse("");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<blockquote>a",
                "<div class=gmail_quote>",
                "<div class=gmail_quote>a</div>",
                "a<br>",
                "<pre>a\n",
                "a\n",
                "<p>El 9/2/2026, Ana escribió:</p><blockquote>x</blockquote>y",
                "<hr>",
                "<table><tr><td>",
                "<b a=1>",
                "<div id=yahoo_quoted>",
                "<img src=x>",
                "<div id=appendonsend>",
                "<div style='border-top:solid #E1E1E1 1.0pt'>a",
                "<",
                "<!--",
                "&gt; a<br>"
            })
    void htmlToo(String piece) {
        assertGrowsLinearly(piece, html -> {
            var answer = VisibleAnswer.in("x", "<p>Hola</p><blockquote>a</blockquote><pre>" + html);
            return answer.reply() + answer.replyHtml();
        });
    }

    static Stream<Arguments> collected() {
        var lines = Corpus.text(SharedData.at("security/own/redos.jsonl")).lines();
        return lines.map(line -> JsonMapper.shared().readTree(line)).map(row -> {
            var text = new StringBuilder();
            row.get("parts")
                    .forEach(part -> text.append(
                            part.get(0).asString().repeat(part.get(1).asInt())));
            return Arguments.of(
                    row.get("id").asString() + " " + row.get("target").asString(), text.toString());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collected")
    void whatIsCollectedAgainstPatternsIsReadToo(String name, String text) {
        assertThat(VisibleAnswer.in("Hola\n\n" + text, "<p>Hola</p>" + text).reply())
                .startsWith("Hola");
        assertThat(ForwardedMail.in("RV: x", "Hola\n\n" + text)
                        .map(ForwardedMail::before)
                        .orElse("Hola"))
                .startsWith("Hola");
    }

    @Test
    void aMegabyteOfMarksIsShownWhole() {
        var marks = ">".repeat(1_000_000);

        assertThat(VisibleAnswer.in(marks, null).reply()).isEqualTo(marks);
    }

    @Test
    void fiveThousandQuotesInsideEachOtherAreCut() {
        var file = SharedData.at("security/own/bombs/quoted-depth-5000.eml.gz");
        assertThat(Files.exists(file)).isTrue();
        var mail = new MailParser().parse(SharedData.bytes(file));

        var answer = VisibleAnswer.in(mail.text(), mail.html());

        assertThat(answer.reply().length() + answer.quoted().length()).isPositive();
    }

    private static void assertGrowsLinearly(String piece, UnaryOperator<String> work) {
        var small = piece.repeat(1 + 50_000 / piece.length());
        var large = small.repeat(8);
        best(small, work);
        var once = Math.max(SHORTEST, best(small, work));
        assertThat((double) best(large, work) / once).as(piece).isLessThan(LINEAR_FOR_EIGHT_TIMES_AS_MUCH);
    }

    private static long best(String text, UnaryOperator<String> work) {
        return IntStream.range(0, RUNS)
                .mapToLong(_ -> {
                    var begun = System.nanoTime();
                    assertThat(work.apply(text)).isNotNull();
                    return System.nanoTime() - begun;
                })
                .min()
                .orElseThrow();
    }
}
