package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
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
            assertThat(file.content())
                    .as(file.name())
                    .isEqualTo(SharedData.bytes(SharedData.at("mail/apache-poi-hmef/quick-contents/" + file.name())));
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
        System.out.printf(
                "apache-poi-hmef %s: «%s», %d characters of text, %d of HTML, files %s%n",
                file,
                content.subject(),
                content.text().length(),
                content.html().length(),
                content.files().stream()
                        .map(one -> one.name() + " " + one.content().length)
                        .toList());

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

        assertThat(mail.parts())
                .extracting(ParsedMail.Part::name)
                .contains("quick.pdf")
                .doesNotContain("winmail.dat");
        assertThat(mail.text()).contains("These are five files.");
    }

    @Test
    void aWinmailThatCannotBeReadStaysAFile() {
        var mail = MailParser.read(mail("application/ms-tnef; name=winmail.dat", new byte[] {1, 2, 3}));

        assertThat(mail.parts()).extracting(ParsedMail.Part::name).isEqualTo(List.of("winmail.dat"));
    }

    @Test
    void aMessageWithinAWinmailIsAMailOfItsOwn() {
        var inner = attribute(1, 0x8004, "Inner".getBytes(US_ASCII));
        var innerBody = attribute(1, 0x800c, "Where is it?".getBytes(US_ASCII));
        var object = joined(new byte[16], HEAD, inner, innerBody);
        var property = joined(little(1), new byte[] {0x0d, 0, 0x01, 0x37}, little(1), little(object.length), object);
        var content = Tnef.read(joined(HEAD, attribute(2, 0x9002, new byte[14]), attribute(2, 0x9005, property)))
                .orElseThrow();

        var file = content.files().getFirst();
        assertThat(file.name()).isEqualTo("Inner.eml");
        assertThat(MailParser.read(file.content()).subject()).isEqualTo("Inner");
        assertThat(MailParser.read(file.content()).text()).isEqualTo("Where is it?");
    }

    private static final byte[] HEAD = joined(little(0x223e9f78), new byte[2]);

    private static byte[] attribute(int level, int id, byte[] data) {
        return joined(new byte[] {(byte) level}, little(id), little(data.length), data, new byte[2]);
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    private static byte[] joined(byte[]... pieces) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @Test
    void theBodyOfAWinmailMayBeHtmlWithinRtf() {
        var rtf = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1{\\fonttbl{\\f0 Arial;}}"
                + "{\\*\\htmltag <p>}\\htmlrtf {\\htmlrtf0 Mi l\\'e1mpara {\\*\\htmltag </p>}\\htmlrtf }\\htmlrtf0 \\u8364?}";

        assertThat(RichText.of(rtf.getBytes(US_ASCII))).isEqualTo(new RichText("<p>Mi lámpara </p>€", true));
        assertThat(RichText.of("{\\rtf1{\\fonttbl{\\f0 Arial;}}One\\par two\\tab {\\b three}}".getBytes(US_ASCII))
                        .content())
                .isEqualTo("One\ntwo\tthree");
    }

    private static byte[] mail(String type, byte[] content) {
        var code = Base64.getMimeEncoder().encodeToString(content);
        return ("From: a@b.example\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + code)
                .getBytes(US_ASCII);
    }

    private static Tnef read(String file) {
        return Tnef.read(SharedData.bytes(SharedData.at("mail/apache-poi-hmef/" + file)))
                .orElseThrow();
    }
}
