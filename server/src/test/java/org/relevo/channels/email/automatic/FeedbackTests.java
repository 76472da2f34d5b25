package org.relevo.channels.email.automatic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.channels.email.mime.ParsedMail;

class FeedbackTests {

    private static final String ORIGINAL = """
            --b
            Content-Type: message/rfc822

            X-HmXmrOriginalRecipient: ana@mail.example
            Message-ID: <1042@shop.example>
            To: hidden@mail.example

            Hola
            --b--
            """;

    private final MailParser parser = new MailParser();

    @Test
    void readsAReportInTheStandardForm() {
        var report = mail("From: fbl@provider.example", "multipart/report; report-type=feedback-report", """
                --b
                Content-Type: message/feedback-report

                Feedback-Type: Opt-Out
                User-Agent: Some/1
                Original-Rcpt-To: <Ana@mail.example>
                Original-Rcpt-To: bob@mail.example

                """);

        assertThat(Feedback.in(report))
                .hasValue(new Feedback(
                        "opt-out",
                        List.of("ana@mail.example", "bob@mail.example"),
                        Optional.of("<1042@shop.example>")));
        assertThat(Bounce.in(report)).isEmpty();
    }

    @Test
    void findsWhoComplainedInTheMailWhenTheReportHidesIt() {
        var report = mail("From: fbl@provider.example", "multipart/report", """
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse

                """);

        assertThat(Feedback.in(report))
                .hasValueSatisfying(found -> assertThat(found.recipients()).containsExactly("ana@mail.example"));
    }

    @Test
    void readsAComplaintThatIsOnlyTheMailItself() {
        var hotmail = "Subject: complaint about message from 192.0.2.1\nFrom: ";

        assertThat(Feedback.in(mail(hotmail + "staff@hotmail.com", "multipart/mixed", "")))
                .isPresent();
        assertThat(Feedback.in(mail(hotmail + "ana@mail.example", "multipart/mixed", "")))
                .isEmpty();
    }

    @Test
    void readsWhatAmazonMailsAsJson() {
        var mail = parser.parse(("""
                From: no-reply@sns.example
                Subject: Notification

                {"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"Ana@mail.example"}]},
                "mail":{"messageId":"0-1","headers":[{"name":"Message-ID","value":"<1042@shop.example>"}]}}

                -- To stop this, click here.
                """).getBytes(UTF_8));

        assertThat(Feedback.in(mail))
                .hasValue(new Feedback("abuse", List.of("ana@mail.example"), Optional.of("<1042@shop.example>")));
    }

    @Test
    void leavesACustomersMailAlone() {
        assertThat(Feedback.in(mail(
                        "From: ana@mail.example\nSubject: Complaint about message from you", "multipart/mixed", "")))
                .isEmpty();
        assertThat(Feedback.in(parser.parse("Subject: x\n\n{\"complaint\": {".getBytes(UTF_8))))
                .isEmpty();
    }

    private ParsedMail mail(String headers, String type, String report) {
        return parser.parse(
                (headers + "\nMIME-Version: 1.0\nContent-Type: " + type + "; boundary=b\n\n" + report + ORIGINAL)
                        .getBytes(UTF_8));
    }
}
