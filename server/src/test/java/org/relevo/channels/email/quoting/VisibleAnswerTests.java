package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.channels.email.mime.HtmlText;

class VisibleAnswerTests {

    static Stream<Cases> mails() {
        return Cases.in("answers.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void showsWhatWasWrittenNow(Cases mail) {
        var answer = VisibleAnswer.in(mail.mail(), null);

        assertThat(Corpus.folded(answer.reply())).isEqualTo(mail.expected());
    }

    static Stream<Cases> htmlMails() {
        return Cases.in("html.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("htmlMails")
    void showsWhatWasWrittenNowInHtml(Cases mail) {
        var answer = VisibleAnswer.in(HtmlText.of(mail.mail()), mail.mail());

        assertThat(Corpus.folded(answer.reply())).isEqualTo(mail.expected());
        var shown = HtmlText.of(Objects.requireNonNull(answer.replyHtml()));
        assertThat(Corpus.folded(shown))
                .isEqualTo(mail.expected().replace("> ", "").replace("<s@t.example) ", "<s@t.example>) "));
    }

    @Test
    void keepsTheFormOfTheHtml() {
        var html = "<p>Hola <b>Ana</b> <img src=\"cid:1\"></p><blockquote type=\"cite\"><p>antes</p></blockquote>";

        assertThat(VisibleAnswer.in("Hola Ana", html).replyHtml())
                .isEqualTo("<p>Hola <b>Ana</b> <img src=\"cid:1\"></p>");
    }

    @Test
    void keepsLinesApartInTheAnswerFromHtml() {
        var html =
                "<div>uno<br>dos</div><div><br></div><div>tres</div><div class=\"gmail_quote\"><blockquote>x</blockquote></div>";

        assertThat(VisibleAnswer.in("", html).reply()).isEqualTo("uno\ndos\n\ntres");
    }

    @Test
    void believesTheMarkerOfTheHtmlMoreThanTheText() {
        var html = "<div>Vale</div><div id=\"divRplyFwdMsg\">Od: x</div><div>antes</div>";

        assertThat(VisibleAnswer.in("Vale\n\nOd: x\nantes", html).reply()).isEqualTo("Vale");
    }

    @Test
    void believesTheTextWhereTheHtmlMarksNothing() {
        var answer =
                VisibleAnswer.in("Vale\n\nEl 9/2/2026 a las 18:02, Ana escribió:\n> antes", "<p>Vale</p><p>antes</p>");

        assertThat(answer.reply()).isEqualTo("Vale");
        assertThat(answer.replyHtml()).isEqualTo("<p>Vale</p><p>antes</p>");
    }

    @Test
    void foldsTheSignatureApartFromTheQuote() {
        var answer = VisibleAnswer.in("Vale\n\nEnviado desde mi iPhone\n\n> antes\n", null);

        assertThat(answer).isEqualTo(new VisibleAnswer("Vale", "> antes", "Enviado desde mi iPhone", null));
    }

    @Test
    void showsAllWhenNothingElseIsLeft() {
        var answer = VisibleAnswer.in("> antes\n", "<blockquote>antes</blockquote>");

        assertThat(answer).isEqualTo(new VisibleAnswer("> antes", "", "", "<blockquote>antes</blockquote>"));
    }
}
