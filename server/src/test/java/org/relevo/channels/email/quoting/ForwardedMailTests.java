package org.relevo.channels.email.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.channels.email.mime.ParsedMail.Address;

class ForwardedMailTests {

    private static final String BODY = "Aenean quis: diam urna.\nSed nec.\n\nPraesent ac ligula.";
    private static final String OURS = "Mirad esto.\n\nUn saludo,\nEva";

    /** What the programs write in one language. */
    private record Words(List<String> words) {

        String get(int column) {
            return words.get(column);
        }

        String apple() {
            return quoted(get(2) + ":\n\n" + block(10, 6, 8, 9) + "\n" + BODY);
        }

        String gmail() {
            return "---------- Forwarded message ---------\n" + line(5)
                    + "Date: Wed, Oct 27, 2021 at 9:31 AM\nSubject: Nullam\n"
                    + "To: <bessie@acme.com>\nCc: Walter <walter@acme.com>\n\n\n" + BODY;
        }

        String thunderbird() {
            return "-------- " + get(3) + " --------\n" + block(10, 6, 8, 9).replace(": ", ": \t") + "\n\n\n" + BODY;
        }

        String yahoo() {
            return "   ----- " + get(4) + " ----- " + block(8, 9, 7, 10).replace("\n", "") + "\n " + BODY;
        }

        String outlook() {
            return "________________________________\n" + block(7, 8, 9, 10) + "\n" + BODY;
        }

        String newOutlook() {
            return block(6, 8, 9, 10) + BODY;
        }

        String oldOutlook() {
            return "\ufeff" + get(11) + "\n\n" + BODY.indent(4);
        }

        private String block(int... columns) {
            return line(5)
                    + String.join(
                            "", Arrays.stream(columns).mapToObj(this::line).toList());
        }

        private String line(int column) {
            return get(column) + ": "
                    + switch (column) {
                        case 5 -> "John Doe <john.doe@acme.com>";
                        case 6, 7 -> "28. 10. 2021 12:46";
                        case 8 -> "bessie@acme.com";
                        case 9 -> "Walter <walter@acme.com>";
                        default -> "Nullam";
                    }
                    + "\n";
        }

        private static String quoted(String text) {
            return text.lines()
                    .map(line -> ("> " + line).strip())
                    .reduce((one, two) -> one + "\n" + two)
                    .orElseThrow();
        }
    }

    private record Forward(String name, String subject, String text, boolean header) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Forward> forwards() {
        return Cases.lines("forwards.txt")
                .map(line -> new Words(List.of(line.split("\\|"))))
                .flatMap(ForwardedMailTests::of);
    }

    private static Stream<Forward> of(Words words) {
        var language = words.get(0);
        var outlook = words.get(1) + ": Nullam";
        return Stream.of(
                new Forward(language + ", Apple Mail", "Fwd: Nullam", words.apple(), true),
                new Forward(language + ", Apple Mail, subject changed", "Mirad", words.apple(), true),
                new Forward(language + ", Gmail", "Fwd: Nullam", words.gmail(), true),
                new Forward(language + ", Thunderbird", "Nullam", words.thunderbird(), true),
                new Forward(language + ", Yahoo", "Fw: Nullam", words.yahoo(), true),
                new Forward(language + ", Outlook", outlook, words.outlook(), true),
                new Forward(language + ", new Outlook", outlook, words.newOutlook(), true),
                new Forward(language + ", old Outlook", outlook, words.oldOutlook(), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forwards")
    void isFoundInEveryLanguage(Forward forward) {
        var mail = ForwardedMail.in(forward.subject(), OURS + "\n\n" + forward.text())
                .orElseThrow();

        assertThat(mail.from()).isEqualTo(new Address("John Doe", "john.doe@acme.com"));
        assertThat(mail.date()).contains("21");
        assertThat(Corpus.folded(mail.text())).isEqualTo(Corpus.folded(BODY));
        assertThat(mail.before()).isEqualTo(OURS);
        if (forward.header()) {
            assertThat(mail.to()).containsExactly(new Address("", "bessie@acme.com"));
            assertThat(mail.cc()).containsExactly(new Address("Walter", "walter@acme.com"));
            assertThat(mail.subject()).isEqualTo("Nullam");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forwards")
    void isNotTakenForWhatWasWrittenNow(Forward forward) {
        assertThat(VisibleAnswer.in(OURS + "\n\n" + forward.text(), null).reply())
                .isEqualTo(OURS);
    }

    @Test
    void anAnswerForwardsNothingThoughItsProgramQuotesAsIfItDid() {
        var text =
                "Vale.\n\nDe: Ana <ana@x.example>\nEnviado: lunes, 9 de febrero de 2026 18:02\nPara: eva@x.example\nAsunto: RV: Caja\n\nMirad.";

        assertThat(ForwardedMail.in("RE: RV: Caja", text)).isEmpty();
        assertThat(ForwardedMail.in("Caja", text)).isEmpty();
        assertThat(ForwardedMail.in("RV: Caja", text)).isPresent();
    }

    @Test
    void anAnswerBelowWhichAnOldForwardIsQuotedForwardsNothing() {
        var text =
                "Vale.\n\nEl 9/2/2026 a las 18:02, Ana <ana@x.example> escribió:\n\nMirad.\n\n---------- Forwarded message ---------\n"
                        + "De: Luis <luis@x.example>\nDate: mié, 4 feb 2026\nSubject: Caja\nTo: ana@x.example\n\nHola";

        assertThat(ForwardedMail.in("Re: Fwd: Caja", text)).isEmpty();
    }

    @Test
    void aMailThatOnlyTellsOfAForwardIsNone() {
        assertThat(ForwardedMail.in("Consulta", "De: Madrid\nPara: Sevilla\nMensaje reenviado:\nninguno"))
                .isEmpty();
        assertThat(ForwardedMail.in("RV: Consulta", "No hay nada debajo.")).isEmpty();
    }

    @Test
    void outlooksNamesWithoutAddressesAreKept() {
        var text =
                "-----Mensaje original-----\nDe: Ana Gil\nEnviado el: lunes, 9 de febrero de 2026 18:02\nPara: Soporte; Eva\nAsunto: Caja\n\nHola";

        var mail = ForwardedMail.in("RV: Caja", text).orElseThrow();

        assertThat(mail.from()).isEqualTo(new Address("Ana Gil", ""));
        assertThat(mail.to()).containsExactly(new Address("Soporte", ""), new Address("Eva", ""));
        assertThat(mail.date()).isEqualTo("lunes, 9 de febrero de 2026 18:02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Ana <ana@x.example>, <eva@x.example>               | Ana <ana@x.example> / <eva@x.example>
            ana@x.example <ana@x.example>; Eva <eva@x.example> | <ana@x.example> / Eva <eva@x.example>
            Gil, Ana <ana@x.example>                           | Gil, Ana <ana@x.example>
            ana@x.example, Eva <eva@x.example>                 | <ana@x.example> / Eva <eva@x.example>
            Ana [mailto:Ana@x.example]                         | Ana <ana@x.example>
            Ana (ana@x.example)                                | Ana <ana@x.example>
            Ana<mailto:a@x.example> <a@x.example<mailto:a@x.example>> on behalf of b@x.example | Ana <a@x.example>
            "'ana@x.example'" <ana@x.example>                  | <ana@x.example>
            Ana; Eva <eva@x.example>; Luis                     | Ana <> / Eva <eva@x.example> / Luis <>
            ""                                                 | ~~
            """)
    void readsAddressesThatWereWrittenForPeople(String value, String expected) {
        var written = Addresses.in(value).stream()
                .map(address -> (address.name() + " <" + address.address() + ">").strip())
                .toList();

        assertThat(String.join(" / ", written)).isEqualTo(expected);
    }
}
