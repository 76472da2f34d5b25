package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the subject of an answer: one prefix, and the number where nothing else leads back. */
class AnswerSubjectTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Lamp                        | Re: Lamp",
                "Re: Lamp                    | Re: Lamp",
                "RE: Re: re:Lamp             | Re: Lamp",
                "Rép: Lampe                  | Re: Lampe",
                "AW: RE: Lampe               | Re: Lampe",
                "RV: AW: Lámpara             | Re: Lámpara",
                "SV: Antw: Odp: RES: R: Lamp | Re: Lamp",
                "Re[2]: RE (3) : Lamp        | Re: Lamp",
                "回复：Re：Lamp                | Re: 回复：Re：Lamp",
                "Fwd: Lamp                   | Re: Fwd: Lamp",
                "Return: Lamp                | Re: Return: Lamp",
                "Lamp re: bill               | Re: Lamp re: bill",
                "Re:                         | Re:",
                "\"\"                        | Re:"
            })
    void itCarriesOnePrefix(String subject, String answer) {
        assertThat(AnswerSubject.of(subject)).isEqualTo(answer);
    }

    @Test
    void manyThousandPrefixesBecomeOne() {
        assertThat(AnswerSubject.of("Re: ".repeat(100_000) + "Lamp")).isEqualTo("Re: Lamp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lamp                        | Lamp [#1042]",
                "Lamp [#1042]                | Lamp [#1042]",
                "[#1042] Re: Lamp [#1042]    | Re: Lamp [#1042]",
                "Lamp [#1042] [#977]         | Lamp  [#977] [#1042]",
                "Ticket [#10421]             | Ticket [#10421] [#1042]"
            })
    void theNumberStandsThereOnceAndLast(String subject, String marked) {
        assertThat(SubjectNumber.marked(subject, 1042)).isEqualTo(marked);
        assertThat(SubjectNumber.in(marked)).contains(1042L);
    }

    @Test
    void theNumberSurvivesASubjectLongerThanAnyHeader() {
        var subject = SubjectNumber.marked("Lamp ".repeat(1_000), 1042);

        assertThat(AnswerSubject.of(subject)).hasSizeLessThan(900).endsWith(" [#1042]");
    }
}
