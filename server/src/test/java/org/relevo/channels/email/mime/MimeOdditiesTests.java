package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.mime.ParsedMail.Protection;

/** What programs make of MIME. A "¶" in a table is the end of a line. */
class MimeOdditiesTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Subject: Lamp¶this line is no field¶To: a@b.example¶¶Hola                        | Lamp | Hola
            Received: by x¶¶Subject: Lamp¶From: a@b.example¶¶Hola                            | Lamp | Hola
            ¶¶Subject: Lamp¶¶Hola                                                            | Lamp | Hola
            >From ana Fri Mar 27¶Subject: Lamp¶¶Hola                                         | Lamp | Hola
            Subject : Lamp¶¶Hola                                                             | Lamp | Hola
            Subject:¶ Lamp¶¶Hola                                                             | Lamp | Hola
            Subject: Lamp¶ ¶ and more¶¶Hola                                                  | Lamp and more | Hola
            Subject:¶Subject: Lamp¶¶Hola                                                     | Lamp | Hola
            Subject: Lamp                                                                    | Lamp | ''
            Hola.¶Where is it?                                                               | ''   | Hola.¶Where is it?
            """)
    void readsHeadersThatAreBroken(String raw, String subject, String text) {
        var mail = read(raw);

        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.text()).isEqualTo(text.replace('¶', '\n'));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "boundary=b¶¶--b¶Content-Type: text/plain¶¶Hola¶--b--",
                "boundary=b¶¶--b¶¶Hola¶--b--¶epilogue",
                "boundary=b¶¶--b¶Hola¶--b--",
                "boundary=b¶¶--b  ¶¶Hola¶--b--  ",
                "boundary=b¶¶--b¶¶Hola",
                "boundary=b¶¶Content-Type: text/plain¶¶Hola¶--b--",
                "boundary=b;;¶¶--b¶¶Hola¶--b--",
                "boundary=\"b¶¶--b¶¶Hola¶--b--",
                "x=1¶¶--b¶Content-Type: text/plain¶¶Hola¶--b--",
                "boundary=wrong¶¶--b¶Content-Type: text/plain¶¶Hola¶--b--",
                "boundary=wrong¶¶Hola",
                "boundary=b¶¶--b--¶--b¶¶Hola¶--b--",
                "boundary=b¶¶--bc¶--b¶¶Hola¶--b--",
                "boundary=b¶¶--b¶Content-Type: multipart/mixed; boundary=b¶¶--b¶¶Hola¶--b--¶--b--",
                "boundary=b¶¶--b¶Content-Type: multipart/mixed; boundary=c¶¶--c¶¶Hola¶--b--",
            })
    void readsPartsWhoseBoundariesAreWrong(String raw) {
        assertThat(read("Content-Type: multipart/mixed; " + raw).text())
                .endsWith("Hola")
                .hasSizeLessThan(80);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            base64            | SG9sYSBBbmE=        | Hola Ana
            BASE64            | SG9s!YSBB*bmE       | Hola Ana
            base64            | SG9sYQ==¶IEFuYQ==   | Hola Ana
            base64            | Hola, this is plain. | Hola, this is plain.
            "base64"          | SG9sYSBBbmE=        | Hola Ana
            quoted-printable  | Hola=20An=61=¶      | Hola Ana
            quoted            | Hola=20An=61        | Hola Ana
            quoted-printable; | Hola An=C3=A1 =ZZ = | Hola Aná =ZZ
            7-bit             | Hola Ana            | Hola Ana
            8bits             | Hola Ana            | Hola Ana
            plain             | Hola Ana            | Hola Ana
            ''                | Hola Ana            | Hola Ana
            """)
    void readsWhateverEncodingIsNamed(String encoding, String body, String text) {
        assertThat(read("Content-Transfer-Encoding: " + encoding + "¶Content-Type: text/plain; charset=utf-8¶¶" + body)
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            text/plain; format=flowed              | One two ¶three¶> four ¶> five¶-- ¶Ana | One two three¶> four five¶-- ¶Ana
            text/plain; format=flowed; delsp=yes   | One tw ¶o                            | One two
            text/enriched                          | <bold>One</bold> <<two¶three¶¶four    | One <two three¶four
            text/html                              | One<br>two                            | One¶two
            text/plain; charset=utf-7              | Hola An+AOE-                           | Hola Aná
            text/html; charset=x-unknown           | <meta charset=utf-8>Hola               | Hola
            text                                   | One                                    | One
            ;;                                     | One                                    | One
            """)
    void readsEveryKindOfText(String type, String body, String text) {
        assertThat(read("Content-Type: " + type + "¶¶" + body).text()).isEqualTo(text.replace('¶', '\n'));
    }

    @Test
    void whatIsUuencodedInATextIsAFile() {
        var mail = read("¶Look:¶begin 644 hello.txt¶&2&5L;&\\A¶`¶end¶Bye".replaceFirst("^¶", "Subject: x¶¶"));

        assertThat(mail.text()).isEqualTo("Look:\nBye");
        assertThat(mail.parts()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("hello.txt");
            assertThat(new String(file.content(), UTF_8)).isEqualTo("Hello!");
        });
    }

    @Test
    void aPictureBelongsToTheTextThatRefersToIt() {
        var mail = read(
                "Content-Type: multipart/related; boundary=b; start=\"<root>\"¶¶"
                        + "--b¶Content-Type: image/png¶Content-Location: http://a.example/logo.png¶¶x¶"
                        + "--b¶Content-Type: image/png¶Content-ID: <seen>¶Content-Disposition: attachment; filename=a.png¶¶x¶"
                        + "--b¶Content-Type: image/png¶Content-ID: <unseen>¶¶x¶"
                        + "--b¶Content-Type: text/html¶Content-ID: <root>¶¶<img src='http://a.example/logo.png'><img src='cid:SEEN'>¶--b--");

        assertThat(mail.parts()).extracting(ParsedMail.Part::inline).containsExactly(true, true, false);
        assertThat(mail.parts().getFirst().name()).isEqualTo("logo.png");
        assertThat(mail.html()).contains("cid:SEEN");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            multipart/signed; protocol="application/pgp-signature"            | PGP_SIGNED
            multipart/signed; protocol="application/pkcs7-signature"          | SMIME_SIGNED
            multipart/encrypted; protocol="application/pgp-encrypted"         | PGP_ENCRYPTED
            multipart/mixed                                                   | NONE
            """)
    void saysHowTheMailIsProtected(String type, Protection protection) {
        var mail = read("Content-Type: " + type
                + "; boundary=b¶¶--b¶¶Hola¶--b¶Content-Type: application/octet-stream¶¶x¶--b--");

        assertThat(mail.protection()).isEqualTo(protection);
        assertThat(mail.text()).isEqualTo("Hola");
        assertThat(mail.parts()).hasSize(1);
    }

    @Test
    void whatIsOpaquelySignedIsUnwrapped() {
        var inner = "Content-Type: text/plain\r\n\r\nHola".getBytes(ISO_8859_1);
        var id = new byte[] {0x06, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, 2};
        var signed = element(
                0x30,
                new byte[] {2, 1, 1},
                element(0x31),
                element(0x30, id, element(0xa0, element(0x24, element(4, inner)))));
        var file = element(0x30, id, element(0xa0, signed));
        var head = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\n"
                .getBytes(ISO_8859_1);

        var mail = MailParser.read(joined(head, file));

        assertThat(mail.text()).isEqualTo("Hola");
        assertThat(mail.protection()).isEqualTo(Protection.SMIME_SIGNED);
        assertThat(mail.parts()).extracting(ParsedMail.Part::name).containsExactly("smime.p7m");
        for (int end = 0; end < file.length; end++) {
            assertThat(MailParser.read(joined(head, Arrays.copyOf(file, end)))
                            .parts()
                            .getFirst()
                            .name())
                    .isEqualTo("smime.p7m");
        }
    }

    private static byte[] element(int tag, byte[]... contents) {
        var content = joined(contents);
        return joined(
                new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... pieces) {
        var bytes = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    @Test
    void anInvitationIsAFileAndNeverHidesTheText() {
        var calendar = "BEGIN:VCALENDAR¶METHOD:REQUEST¶BEGIN:VEVENT¶UID:1¶SUMMARY:Visit¶END:VEVENT¶END:VCALENDAR";
        var mail = read(
                "Content-Type: multipart/alternative; boundary=b¶¶--b¶¶Hola¶--b¶Content-Type: text/calendar; method=REQUEST¶¶"
                        + calendar + "¶--b--");
        var alone = read("Content-Type: text/calendar¶¶" + calendar);

        assertThat(mail.text()).isEqualTo("Hola");
        assertThat(mail.parts()).extracting(ParsedMail.Part::name).containsExactly("file.ics");
        assertThat(mail.invitations())
                .extracting(ParsedMail.Invitation::summary)
                .containsExactly("Visit");
        assertThat(alone.text()).isEqualTo("Visit");
    }

    @Test
    void aNestedMailKeepsItsBytes() {
        var inner = "Subject: Inner\r\nX-Odd:  two  spaces \r\n\r\n--b2\r\nText\r\n";
        var mail = MailParser.read(
                ("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner
                                + "\r\n--b--\r\n")
                        .getBytes(UTF_8));

        assertThat(mail.parts().getFirst().content()).isEqualTo(inner.getBytes(UTF_8));
    }

    @Test
    void aThousandFilesAreTwoHundredAndAReason() {
        var mail = read("Content-Type: multipart/mixed; boundary=b¶¶" + "--b¶Content-Type: image/png¶¶x¶".repeat(300)
                + "--b¶¶Hola¶--b--");

        assertThat(mail.parts()).hasSize(200);
        assertThat(mail.text()).isEqualTo("Hola");
        assertThat(mail.problem())
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo("mail.limits-files"));
    }

    private static ParsedMail read(String raw) {
        return MailParser.read(raw.replace("¶", "\r\n").getBytes(UTF_8));
    }
}
