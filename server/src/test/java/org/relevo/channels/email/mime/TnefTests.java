package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.SharedData;

class TnefTests {

    @Test
    void theFilesOfAWinmailAreThoseThatWerePutIn() {
        var content = read("quick-winmail.dat");

        assertThat(content.files()).extracting(Tnef.File::name).contains("quick.txt", "quick.pdf", "quick.doc");
        for (var file : content.files()) {
            assertThat(file.content()).as(file.name()).isEqualTo(SharedData.bytes(SharedData.at("mail/apache-poi-hmef/quick-contents/" + file.name())));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            quick-winmail.dat,                        5
            winmail-sample1.dat,                      2
            bug52400-winmail-simple.dat,              0
            bug52400-winmail-with-attachments.dat,    2
            bug63955-winmail.dat,                     2
            """)
    void everyWinmailIsUnpacked(String file, int files) {
        var content = read(file);
        System.out.printf("apache-poi-hmef %s: «%s», %d characters of text, %d of HTML, files %s%n", file, content.subject(), content.text().length(), content.html().length(), content.files().stream().map(one -> one.name() + " " + one.content().length).toList());

        assertThat(content.files()).hasSize(files);
        assertThat(content.text() + content.html()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oom.tnef", "quick-winmail.dat", "bug63955-winmail.dat"})
    void whatIsBrokenNeitherThrowsNorTakesMemory(String file) {
        var whole = SharedData.bytes(SharedData.at("mail/apache-poi-hmef/" + file));
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            var broken = Arrays.copyOf(whole, 6 + random.nextInt(whole.length - 5));
            for (int flip = 0; flip < 5; flip++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> Tnef.read(broken)).doesNotThrowAnyException();
        }
    }

    @Test
    void aWinmailGivesItsPlaceToItsFiles() {
        var winmail = SharedData.bytes(SharedData.at("mail/apache-poi-hmef/quick-winmail.dat"));
        var mail = MailParser.read(mail("application/ms-tnef; name=winmail.dat", winmail));

        assertThat(mail.parts()).extracting(ParsedMail.Part::name).contains("quick.pdf").doesNotContain("winmail.dat");
        assertThat(mail.text()).contains("These are five files.");
    }

    @Test
    void aWinmailThatCannotBeReadStaysAFile() {
        var mail = MailParser.read(mail("application/ms-tnef; name=winmail.dat", new byte[] {1, 2, 3}));

        assertThat(mail.parts()).extracting(ParsedMail.Part::name).isEqualTo(List.of("winmail.dat"));
    }

    private static byte[] mail(String type, byte[] content) {
        var code = java.util.Base64.getMimeEncoder().encodeToString(content);
        return ("From: a@b.example\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + code)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static Tnef read(String file) {
        return Tnef.read(SharedData.bytes(SharedData.at("mail/apache-poi-hmef/" + file))).orElseThrow();
    }
}
