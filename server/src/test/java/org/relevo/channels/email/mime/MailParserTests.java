package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailParserTests {

    private final MailParser parser = new MailParser();

    @Test
    void readsWhoWroteToWhomWhenAndWhat() {
        var mail = parse("""
                From: "Ruiz, Ana" <Ana@Mail.example>
                Reply-To: ana.home@mail.example
                To: Shop <hello@shop.example>, sales@shop.example
                Cc: marta@mail.example
                Delivered-To: hello+ticket@shop.example
                Subject: My
                 lamp
                Date: Fri, 27 Mar 2026 17:30:00 +0100
                Message-ID: <1@mail.example>
                In-Reply-To: <newest@shop.example>
                References: <oldest@shop.example> <newest@shop.example>

                Where is it?
                """);

        assertThat(mail.author()).isEqualTo(new ParsedMail.Address("Ruiz, Ana", "ana@mail.example"));
        assertThat(mail.replyTo()).containsExactly(new ParsedMail.Address("", "ana.home@mail.example"));
        assertThat(mail.to())
                .extracting(ParsedMail.Address::address)
                .containsExactly("hello@shop.example", "sales@shop.example");
        assertThat(mail.recipients()).contains("marta@mail.example", "hello+ticket@shop.example");
        assertThat(mail.subject()).isEqualTo("My lamp");
        assertThat(mail.date()).hasValue(Instant.parse("2026-03-27T16:30:00Z"));
        assertThat(mail.messageId()).hasValue("<1@mail.example>");
        assertThat(mail.ancestors()).containsExactly("<newest@shop.example>", "<oldest@shop.example>");
        assertThat(mail.text()).isEqualTo("Where is it?");
        assertThat(mail.html()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Hola                                                        | Hola
            =?utf-8?q?Mi_l=C3=A1mpara?=                                 | Mi lámpara
            =?UTF-8?B?TWkgbMOhbXBhcmE=?=                                | Mi lámpara
            =?iso-8859-1?q?Mi_l=E1mpara?=                               | Mi lámpara
            =?utf8?q?l=C3=A1mpara?=                                     | lámpara
            =?gb2312?B?6UY=?=                                           | 镕
            =?x-unknown?q?l=C3=A1mpara?=                                | lámpara
            =?utf-8*es?q?l=C3=A1mpara?=                                 | lámpara
            =?utf-8?q?l=C3?= =?utf-8?q?=A1mpara?=                       | lámpara
            =?utf-8?B?bMM=?= =?utf-8?B?oW1wYXJh?=                       | lámpara
            =?utf-8?q?one?= =?utf-8?q?two?=                             | onetwo
            =?utf-8?q?one?= two                                         | one two
            "=?utf-8?q?l=C3=A1mpara?="                                  | "lámpara"
            =?utf-8?q?with spaces in it?=                               | with spaces in it
            =?utf-8?q?l=C3=A1mpara                                      | =?utf-8?q?l=C3=A1mpara
            =?utf-8?x?abc?=                                             | =?utf-8?x?abc?=
            =?utf-8?B?!!!?=                                             | ''
            =?utf-8?q?a=0D=0ABcc:_eve@mail.example?=                    | a Bcc: eve@mail.example
            lámpara                                                     | lámpara
            """)
    void readsEncodedWords(String header, String subject) {
        assertThat(parse("Subject: " + header + "\n\nHola").subject()).isEqualTo(subject);
    }

    @Test
    void readsRawEightBitHeaders() {
        var latin = "From: José <jose@mail.example>\r\nSubject: Mi lámpara\r\n\r\nHola".getBytes(ISO_8859_1);

        assertThat(parser.parse(latin).subject()).isEqualTo("Mi lámpara");
        assertThat(parser.parse(latin).author().name()).isEqualTo("José");
        assertThat(parse("From: José <jose@mail.example>\n\nHola").author().name())
                .isEqualTo("José");
    }

    @Test
    void aNameIsOneLineAndNotEndless() {
        var mail = parse("From: =?utf-8?q?Ana=0D=0ABcc=3A_eve=40mail.example?= <ana@mail.example>\n\nHola");
        var endless = parse("From: " + "Ana ".repeat(5_000) + "<ana@mail.example>\n\nHola");

        assertThat(mail.author().name()).isEqualTo("Ana Bcc: eve@mail.example");
        assertThat(endless.author().name()).hasSizeLessThan(300);
    }

    @Test
    void anEndlessAddressIsNoAddress() {
        var mail = parse("From: " + "a".repeat(5_000) + "@mail.example\n\nHola");

        assertThat(mail.author().address()).isEqualTo("unknown@invalid");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            filename=photo.jpg                                                    | photo.jpg
            filename="my photo.jpg"                                               | my photo.jpg
            filename*=utf-8''l%C3%A1mpara.jpg                                     | lámpara.jpg
            filename*=iso-8859-1'es'l%E1mpara.jpg                                 | lámpara.jpg
            filename*0="very long "; filename*1="name.jpg"                        | very long name.jpg
            filename*0*=utf-8''l%C3%A1; filename*1*=mpara; filename*2=".jpg"      | lámpara.jpg
            filename="=?utf-8?q?l=C3=A1mpara.jpg?="                               | lámpara.jpg
            filename="=?iso-8859-1?q?l=E1mpara.jpg?="                             | lámpara.jpg
            filename="lámpara.jpg"                                                | lámpara.jpg
            """)
    void readsTheNamesOfFiles(String parameter, String name) {
        var mail = parse("""
                MIME-Version: 1.0
                Content-Type: image/jpeg
                Content-Disposition: attachment; %s

                x
                """.formatted(parameter));

        assertThat(mail.parts())
                .singleElement()
                .extracting(ParsedMail.Part::name)
                .isEqualTo(name);
    }

    @Test
    void prefersTheTextAndKeepsTheHtmlThatSaysMore() {
        var mail = parse(alternatives("<p>Hola</p><table><tr><td>1</td></tr></table><script>alert(1)</script>"));

        assertThat(mail.text()).isEqualTo("Hola");
        assertThat(mail.html()).contains("<table>");
    }

    private static String alternatives(String html) {
        return """
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain

                Hola
                --b
                Content-Type: text/html

                %s
                --b--
                """.formatted(html);
    }

    @Test
    void aMailOfHtmlAloneHasItsText() {
        var mail = parse("Content-Type: text/html; charset=utf-8\nMIME-Version: 1.0\n\n<p>¿Dónde?</p><p>Ana</p>");

        assertThat(mail.text()).isEqualTo("¿Dónde?\n\nAna");
    }

    @Test
    void textAndHtmlThatStandOneAfterTheOtherAreBothRead() {
        var mail = parse(mixed("text/plain", "First the text.", "text/html", "<p>Then the question.</p>"));

        assertThat(mail.text()).contains("First the text.", "Then the question.");
    }

    @Test
    void theShownHtmlContainsTheTextThatStandsBesideIt() {
        var table = "<table><tr><td>order</td></tr></table>";
        var mail = parse(mixed("text/plain", "Is <this> it?", "text/html", table));

        assertThat(mail.html()).contains("Is &lt;this&gt; it?", "<table>");
    }

    private static String mixed(String firstType, String first, String secondType, String second) {
        return """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: %s

                %s
                --b
                Content-Type: %s

                %s
                --b--
                """.formatted(firstType, first, secondType, second);
    }

    @Test
    void findsTextPicturesAndFilesHoweverDeepTheyAre() {
        var mail = parse("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=outer

                --outer
                Content-Type: multipart/related; boundary=middle

                --middle
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain

                Broken!
                --inner
                Content-Type: text/html

                Broken! <img src="cid:photo@1">
                --inner--
                --middle
                Content-Type: image/png; name=photo.png
                Content-ID: <photo@1>
                Content-Transfer-Encoding: base64

                iVBORw0K
                --middle--
                --outer
                Content-Type: application/pdf
                Content-Disposition: attachment; filename=invoice.pdf

                pdf
                --outer--
                """);

        assertThat(mail.text()).isEqualTo("Broken!");
        assertThat(mail.html()).contains("cid:photo@1");
        assertThat(mail.parts()).extracting(ParsedMail.Part::name).containsExactly("photo.png", "invoice.pdf");
        assertThat(mail.parts()).extracting(ParsedMail.Part::inline).containsExactly(true, false);
        assertThat(mail.parts().getFirst().contentId()).isEqualTo("photo@1");
        assertThat(mail.parts().getFirst().content()).startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G');
    }

    @Test
    void aForwardedMailIsAFile() {
        var mail = parse(mixed("text/plain", "See below.", "message/rfc822", "Subject: Inner\n\nInner text"));

        assertThat(mail.text()).isEqualTo("See below.");
        assertThat(mail.parts()).singleElement().satisfies(part -> {
            assertThat(part.type()).isEqualTo("message/rfc822");
            assertThat(part.name()).isEqualTo("message.eml");
            assertThat(new String(part.content(), UTF_8)).contains("Subject: Inner", "Inner text");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n", "\0\0\0", "only words"})
    void aMailOfNearlyNothingIsStillAMail(String raw) {
        var mail = parser.parse(raw.getBytes(UTF_8));

        assertThat(mail.author().address()).isEqualTo("unknown@invalid");
        assertThat(mail.messageId()).isEmpty();
        assertThat(mail.text()).doesNotContain("\0");
    }

    @Test
    void aMailboxFilesFirstLineDoesNotHideTheHeaders() {
        var mail = parse("From ana@mail.example Fri Mar 27 17:30:00 2026\nSubject: Lamp\nMessage-ID: <1@a>\n\nHola");

        assertThat(mail.subject()).isEqualTo("Lamp");
        assertThat(mail.text()).isEqualTo("Hola");
    }

    @Test
    void bareCarriageReturnsEndLines() {
        assertThat(parser.parse("Subject: Lamp\r\n\r\none\rtwo".getBytes(UTF_8)).text())
                .isEqualTo("one\ntwo");
    }

    @Test
    void noTextKeepsANul() {
        var mail = parse("""
                From: A\0na <a\0na@mail.example>
                Subject: La\0mp =?utf-8?q?=00?=
                Message-ID: <1\0@mail.example>
                Content-Type: text/plain; name="a\0.txt"
                Content-ID: <pic\0@1>
                MIME-Version: 1.0

                Ho\0la
                """);

        assertThat(TextsOf.mail(mail)).noneMatch(text -> text.contains("\0"));
    }

    private ParsedMail parse(String mail) {
        return parser.parse(mail.replace("\n", "\r\n").getBytes(UTF_8));
    }
}
