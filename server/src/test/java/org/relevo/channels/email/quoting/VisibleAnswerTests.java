package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
}
