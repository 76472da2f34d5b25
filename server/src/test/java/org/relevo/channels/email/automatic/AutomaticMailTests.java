package org.relevo.channels.email.automatic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.platform.Reason;
import org.relevo.support.SharedData;

class AutomaticMailTests {

    private final MailParser parser = new MailParser();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Auto-Submitted: no                                                       | none
            Auto-Submitted: no; Precedence: bulk                                     | none
            Auto-Submitted: no; Subject: Out of office                               | none
            Auto-Submitted: auto-replied                                             | auto-reply
            Auto-Submitted: Auto-Replied (vacation)                                  | auto-reply
            Auto-Submitted: auto-generated                                           | system
            Auto-Submitted: auto-notified                                            | system
            Auto-Submitted: auto-generated; Subject: Automatische Antwort: Lampe     | auto-reply
            Auto-Submitted: auto-generated; X-Auto-Response-Suppress: All; In-Reply-To: <1@shop.example> | auto-reply
            Precedence: bulk                                                         | bulk
            Precedence: Bulk                                                         | bulk
            Precedence: junk                                                         | bulk
            Precedence: junk; In-Reply-To: <1@shop.example>                          | auto-reply
            Precedence: list                                                         | list
            Precedence: auto_reply                                                   | auto-reply
            Precedence: first-class                                                  | none
            X-Autoreply: yes                                                         | auto-reply
            X-Autoreply: no                                                          | none
            X-Autorespond: Away                                                      | auto-reply
            X-FC-MachineGenerated: true                                              | auto-reply
            X-Apple-Action: VACATION                                                 | auto-reply
            List-Id: <lamps.list.example>                                            | list
            List-Id: <lamps.list.example>; Auto-Submitted: no; List-Post: <mailto:l@list.example> | list
            List-Post: NO                                                            | none
            Mailing-List: list lamps@groups.example                                  | list
            X-BeenThere: lamps@list.example                                          | list
            List-Unsubscribe: <https://news.example/u/1>                             | bulk
            List-Unsubscribe: <https://news.example/u/1>; List-Unsubscribe-Post: List-Unsubscribe=One-Click | bulk
            List-Unsubscribe: <mailto:u@mail.example>; In-Reply-To: <1@shop.example> | none
            List-Id: <42.news.example>; List-Unsubscribe: <https://news.example/u>; Feedback-ID: 1:2:3 | bulk
            Feedback-ID: 1:eu-west-1:abc:AmazonSES                                   | none
            X-Auto-Response-Suppress: All                                            | system
            X-Auto-Response-Suppress: DR, OOF, AutoReply                             | system
            X-Auto-Response-Suppress: DR, RN, NRN                                    | none
            Return-Path: <>                                                          | system
            Return-Path: <>; In-Reply-To: <1@shop.example>                           | auto-reply
            Return-Path: <ana@mail.example>                                          | none
            X-Loop: hello@shop.example                                               | system
            From: MAILER-DAEMON@mx.example                                           | system
            From: "Mail Delivery Subsystem" <mds@mx.example>                         | system
            From: "Ana Postmaster" <ana@mail.example>                                | none
            From: no-reply@carrier.example                                           | system
            From: shop.noreply@carrier.example                                       | system
            From: no-reply@market.example; Reply-To: ana@mail.example                | none
            From: noreen@mail.example                                                | none
            Content-Type: text/calendar; method=REPLY                                | none
            In-Reply-To: <1@shop.example>                                            | none
            """)
    void tellsMachinesByTheirHeaders(String headers, String kind) {
        assertThat(kind(headers.replace("; method", ";method")
                        .replace("; ", "\n")
                        .replace(";method", "; method")))
                .isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Fuera de la oficina                         | auto-reply
            Respuesta automática: Mi lámpara            | auto-reply
            Fuera de la oficina hasta el lunes          | auto-reply
            Automatic reply: Your order 1042            | auto-reply
            Out of office                               | auto-reply
            Out of Office Re: lamp                      | auto-reply
            Auto: Re: lamp                              | auto-reply
            Resposta automática: pedido                 | auto-reply
            Réponse automatique : commande              | auto-reply
            Message d’absence                           | auto-reply
            Risposta automatica: ordine                 | auto-reply
            Abwesenheitsnotiz: Lampe                    | auto-reply
            Automatische Antwort: Lampe                 | auto-reply
            Automatisch antwoord: lamp                  | auto-reply
            Resposta automàtica: làmpada                | auto-reply
            Automatyczna odpowiedź: lampa               | auto-reply
            [EXT] Automatic reply: lamp                 | auto-reply
            Re: Automatic reply: lamp                   | none
            Out of office chairs?                       | none
            Fuera de la oficina no hay nadie            | none
            I am on vacation, please deliver on Monday  | none
            Urlaub                                      | none
            Automatic lamp does not work                | none
            """)
    void tellsAnswersByASubjectThatOnlyProgramsWrite(String subject, String kind) {
        assertThat(kind("Subject: " + subject)).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "loop-0, auto-reply",
        "loop-1, auto-reply",
        "loop-2, auto-reply",
        "loop-3, list",
        "loop-4, auto-reply",
        "loop-5, auto-reply",
        "loop-6, auto-reply",
        "loop-self, none",
        "dsn-backscatter, system",
        "noreply-verification, system",
        "from-agent-forged, none",
        "from-comment, none",
        "from-displayname-addr, none",
        "from-encodedword-crlf, none",
        "from-group, none",
        "from-two-headers, none",
        "from-two-mailboxes, none"
    })
    void knowsTheLoopsOfTheHostileMails(String file, String kind) {
        var mail = parser.parse(SharedData.bytes(SharedData.at("security/own/mail/" + file + ".eml")));

        assertThat(AutomaticMail.of(mail).kind().word()).isEqualTo(kind);
    }

    @Test
    void namesTheHeaderThatTells() {
        assertThat(of("Precedence: bulk").because()).isEqualTo(Reason.of("automatic.header", "Precedence", "bulk"));
        assertThat(of("From: no-reply@carrier.example").because())
                .isEqualTo(Reason.of("automatic.unattended", "no-reply@carrier.example"));
    }

    @Test
    void takesAnInvitationForAPersonsAndTheAnswerToOneForACalendars() {
        assertThat(calendar("REQUEST")).isEqualTo("none");
        assertThat(calendar("REPLY")).isEqualTo("system");
        assertThat(calendar("COUNTER")).isEqualTo("system");
    }

    @Test
    void takesAReadReceiptForAnAnswer() {
        var receipt = multipart("multipart/report; report-type=disposition-notification", """
                Content-Type: message/disposition-notification

                Final-Recipient: rfc822; ana@mail.example
                Disposition: manual-action/MDN-sent-manually; displayed
                """);

        assertThat(kind(receipt)).isEqualTo("auto-reply");
    }

    private String calendar(String method) {
        return kind(multipart(
                "multipart/mixed",
                "Content-Type: text/calendar; method=" + method + "; name=a.ics\n\n" + "BEGIN:VCALENDAR\nMETHOD:"
                        + method + "\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n"));
    }

    private static String multipart(String type, String part) {
        return "MIME-Version: 1.0\nContent-Type: " + type + "; boundary=b\n\n--b\n\nHola\n--b\n" + part + "\n--b--\n";
    }

    private String kind(String headers) {
        return of(headers).kind().word();
    }

    private AutomaticMail of(String headers) {
        var from = headers.startsWith("From:") ? "" : "From: Ana <ana@mail.example>\n";
        var mail = from + "To: hello@shop.example\n" + headers + (headers.contains("\n\n") ? "" : "\n\nHola\n");
        return AutomaticMail.of(parser.parse(mail.getBytes(UTF_8)));
    }
}
