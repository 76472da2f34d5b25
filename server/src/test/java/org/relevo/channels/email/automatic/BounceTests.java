package org.relevo.channels.email.automatic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;

class BounceTests {

    private final MailParser parser = new MailParser();

    @Test
    void readsEveryRecipientOfAReportAndTellsItsWorst() {
        var bounce = Bounce.in(report("""
                        Original-Recipient: rfc822;ana@mail.example
                        Final-Recipient: rfc822;ana@elsewhere.example
                        Action: delayed
                        Status: 4.4.1

                        Final-Recipient: rfc822; Bob@Mail.example
                        Action: failed
                        Status: 5.0.0
                        Diagnostic-Code: smtp; 550 5.1.1 <bob@mail.example>:
                          no such user
                        """)).orElseThrow();

        assertThat(bounce.kind()).isEqualTo(Bounce.Kind.FAILED);
        assertThat(bounce.originalMessageId()).hasValue("<1042@shop.example>");
        assertThat(bounce.recipients())
                .extracting(Bounce.Recipient::address, Bounce.Recipient::status, Bounce.Recipient::hard)
                .containsExactly(tuple("ana@mail.example", "4.4.1", false), tuple("bob@mail.example", "5.1.1", true));
        assertThat(bounce.recipients().getLast().diagnostic()).isEqualTo("550 5.1.1 <bob@mail.example>: no such user");
    }

    @ParameterizedTest(name = "{0} is {2}")
    @CsvSource({
        "failed, 5.1.1, FAILED", "delayed, 4.4.7, DELAYED", "relayed, 2.1.9, RELAYED", "delivered, 2.0.0, RELAYED",
        "expanded, 2.1.5, EXPANDED", "Failed (really), 5.2.2, FAILED", "expired, 4.4.7, FAILED",
                "nonsense, 5.0.0, FAILED",
        "nonsense, 4.0.0, DELAYED"
    })
    void tellsWhatBecameOfTheMail(String action, String status, Bounce.Kind kind) {
        var fields = "Final-Recipient: rfc822; ana@mail.example\nAction: " + action + "\nStatus: " + status + "\n";

        assertThat(Bounce.in(report(fields)).orElseThrow().kind()).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 no such user                                       | 5.1.1  | true
            550 User unknown                                             | 5.1.1  | true
            550-No such user here                                        | 5.1.1  | true
            554 delivery error: dd This user does not have an account    | 5.1.1  | true
            550 Unknown domain                                           | 5.1.2  | true
            Host or domain name not found. Name service error            | 5.1.2  | true
            552 Mailbox full                                             | 5.2.2  | false
            452 Mailbox full, try later                                  | 4.2.2  | false
            550 5.2.2 over quota                                         | 5.2.2  | false
            552 message size exceeds fixed maximum                       | 5.3.4  | false
            554 too many hops                                            | 5.4.6  | false
            550 blocked by our blacklist                                 | 5.7.1  | false
            554 Relay access denied                                      | 5.7.1  | false
            421 connection timed out                                     | 4.4.1  | false
            host 10.5.1.1[10.5.1.1] said: 550 nothing                    | 5.0.0  | false
            451 something                                                | 4.0.0  | false
            gone                                                         | 5.0.0  | false
            550 el usuario no existe                                     | 5.1.1  | true
            552 el buzón está lleno                                      | 5.2.2  | false
            550 Benutzer existiert nicht                                 | 5.1.1  | true
            """)
    void tellsTheStatusFromTheWordsWhereNoneIsStated(String said, String status, boolean hard) {
        var bounce = Bounce.in(prose("<ana@mail.example>:\n" + said)).orElseThrow();

        assertThat(bounce.recipients()).singleElement().satisfies(recipient -> {
            assertThat(recipient.address()).isEqualTo("ana@mail.example");
            assertThat(recipient.status()).isEqualTo(status);
            assertThat(recipient.hard()).isEqualTo(hard);
        });
    }

    static Stream<Arguments> dialects() {
        return Stream.of(
                arguments(
                        "550 5.1.1 User unknown\n\nThe following recipients were affected:\n    ana@mail.example\n\n"
                                + "Original Sender:    <hello@shop.example>\nSender-MTA:  <192.0.2.1>",
                        "5.1.1"),
                arguments("Delivery failed 20 attempts: ana@mail.example", "5.0.0"),
                arguments("User mailbox exceeds allowed size: ana@mail.example", "5.2.2"),
                arguments("Unknown host: ana@mail.example", "5.1.2"),
                arguments(
                        "undeliverable to ana@mail.example\n\nOriginal message follows.\n\nReceived: by mx.example",
                        "5.0.0"),
                arguments("<ana@mail.example>   (User unknown ana@mail.example)", "5.1.1"),
                arguments(">>> RCPT TO:<ana@mail.example>\n<<< 553 5.1.2 bad destination", "5.1.2"),
                arguments(
                        "  ana@mail.example\n    host mx.example [192.0.2.1]: 550 el destinatario no existe", "5.1.1"),
                arguments(
                        "was not delivered to:\n\n  ana@mail.example\n\nbecause:\n\n  User Ana (ana@mail.example) not listed",
                        "5.1.1"),
                arguments(
                        "  To:      x@mail.example\n\ndid not reach the following recipient(s):\n\n"
                                + "ana@mail.example on Thu, 29 Apr 2010\n    The recipient name is not recognized",
                        "5.1.1"),
                arguments(
                        "Recipient address: ana@mail.example\n  Reason: Remote server has rejected address\n"
                                + "  Diagnostic code: smtp; 550 5.7.1 no",
                        "5.7.1"),
                arguments(
                        "For further assistance, please send mail to help@mx.example\n\n<ana@mail.example> (expanded from"
                                + " <team@mail.example>): host mx said: 421 4.2.1 busy",
                        "4.2.1"),
                arguments("Action: failed\nFinal-Recipient: rfc822; ana@mail.example\nStatus: 5.2.1", "5.2.1"),
                arguments("ana@mail.example様\n宛先不明 550 user unknown", "5.1.1"),
                arguments("No pudo entregarse a ana@mail.example: 552 buzón lleno", "5.2.2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialects")
    void readsServersThatWriteInProse(String notice, String status) {
        assertThat(Bounce.in(prose(notice)).orElseThrow().recipients())
                .extracting(Bounce.Recipient::address, Bounce.Recipient::status)
                .containsExactly(tuple("ana@mail.example", status));
    }

    static Stream<String> marks() {
        return Stream.of(
                "--- Below this line is a copy of the message.",
                "------ This is a copy of the message, including all the headers. ------",
                "----- Original message -----",
                "--- The header of the original message is following. ---",
                "Message headers follow:",
                "   ----- Unsent message follows -----",
                "------- Returned Message --------",
                "--- Mensaje original ---");
    }

    @ParameterizedTest
    @MethodSource("marks")
    void findsTheMailThatItIsAboutBehindTheUsualMarks(String mark) {
        var notice = "<ana@mail.example>:\n550 no such user\n\n" + mark + "\n\nFrom: hello@shop.example\n"
                + "Message-ID:\n <1042@shop.example>\nTo: other@mail.example\n\nHola";

        assertThat(Bounce.in(prose(notice))).hasValueSatisfying(bounce -> {
            assertThat(bounce.originalMessageId()).hasValue("<1042@shop.example>");
            assertThat(bounce.recipients())
                    .extracting(Bounce.Recipient::address)
                    .containsExactly("ana@mail.example");
        });
    }

    @Test
    void leavesAReportAloneThatACustomerForwardsOrQuotes() {
        var quoted = mail(
                "From: ana@mail.example\nSubject: Re: Undelivered Mail Returned to Sender",
                "I got this:\n> This is the mail system at host mx.example.\n> <x@shop.example>: 550 5.1.1 User unknown");
        var attached = mail(
                "From: ana@mail.example\nSubject: Fwd: Undelivered Mail\nMIME-Version: 1.0\n"
                        + "Content-Type: multipart/mixed; boundary=b",
                "--b\n\nWhat is this?\n--b\nContent-Type: message/delivery-status\n\n"
                        + "Final-Recipient: rfc822; x@shop.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n");

        assertThat(Bounce.in(quoted)).isEmpty();
        assertThat(Bounce.in(attached)).isEmpty();
    }

    @Test
    void leavesACarriersNoticeAloneThatAParcelCouldNotBeDelivered() {
        var parcel = mail(
                "From: no-reply@carrier.example\nAuto-Submitted: auto-generated\nSubject: Your parcel could not be delivered",
                "Your parcel to ana@mail.example could not be delivered. We were not able to deliver it.");

        assertThat(Bounce.in(parcel)).isEmpty();
    }

    @Test
    void leavesAnAnswerAloneThatQuotesOurMail() {
        var answer = mail(
                "From: ana@mail.example\nReturn-Path: <>\nAuto-Submitted: auto-replied\nSubject: Fuera de la oficina",
                "Vuelvo el lunes.\n\nSu pedido could not be delivered to ana@mail.example");

        assertThat(Bounce.in(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@",
                "a@a.",
                "<a@b.example>: 550 ",
                "<",
                "(",
                "5.1.",
                "550 ",
                "RCPT TO:<a@b.example>\n",
                "Final-Recipient: rfc822; a@b.example\n",
                "----- Original message -----\n",
                "X: y\n",
                " ",
                "\n",
                "Message-ID: <",
                "deliver to "
            })
    void readsAnEndlessNoticeInTime(String piece) {
        var text = piece.repeat(1_000_000 / piece.length());
        var endless = prose(text);
        var report = report("Final-Recipient: rfc822; ana@mail.example\nDiagnostic-Code: smtp; " + text);
        var begun = System.nanoTime();
        Bounce.in(endless);
        Bounce.in(report);
        AutomaticMail.of(
                mail("From: MAILER-DAEMON@mx.example\nSubject: " + piece.strip().repeat(1_000), text));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    private ParsedMail report(String recipients) {
        return mail("""
                From: MAILER-DAEMON@mx.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b""", """
                --b

                See below.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                """ + recipients + """

                --b
                Content-Type: text/rfc822-headers

                Message-ID: <1042@shop.example>
                --b--
                """);
    }

    private ParsedMail prose(String notice) {
        return mail(
                "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice",
                "Hi. I was not able to deliver your message.\n\n" + notice);
    }

    private ParsedMail mail(String headers, String text) {
        return parser.parse(("To: hello@shop.example\n" + headers + "\n\n" + text).getBytes(UTF_8));
    }
}
