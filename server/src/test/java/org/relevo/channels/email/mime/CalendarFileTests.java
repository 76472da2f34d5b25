package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarFileTests {

    @Test
    void anInvitationSaysWhatWhenWhereAndWho() {
        var event = CalendarFile.events(calendar("REQUEST", """
                UID:1@mail.example
                SUMMARY:Visit\\, with
                  coffee
                DTSTART;TZID=Europe/Madrid:20260327T173000
                DURATION:PT1H30M
                LOCATION:Calle Mayor 1
                ORGANIZER;CN="Ruiz: Ana":mailto:ana@mail.example
                ATTENDEE;PARTSTAT=NEEDS-ACTION:MAILTO:hello@shop.example
                STATUS:CONFIRMED"""), "").getFirst();

        assertThat(event)
                .isEqualTo(new ParsedMail.Invitation(
                        "REQUEST",
                        "1@mail.example",
                        "Visit, with coffee",
                        "2026-03-27T17:30:00+01:00",
                        "2026-03-27T19:00+01:00",
                        "Calle Mayor 1",
                        "ana@mail.example",
                        java.util.List.of("hello@shop.example"),
                        "CONFIRMED"));
    }

    @Test
    void anAnswerSaysWhetherSomebodyComes() {
        var event = CalendarFile.events(
                        calendar("REPLY", "UID:1\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@mail.example"), "")
                .getFirst();

        assertThat(event.method()).isEqualTo("REPLY");
        assertThat(event.status()).isEqualTo("DECLINED");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART:20260327T173000Z                              | 2026-03-27T17:30:00Z
            DTSTART;VALUE=DATE:20260327                           | 2026-03-27
            DTSTART;TZID=Europe/Madrid:20260729T100000            | 2026-07-29T10:00:00+02:00
            DTSTART;TZID="Romance Standard Time":20260327T173000  | 2026-03-27T17:30:00+01:00
            DTSTART;TZID=/x.org/20260101_1/Europe/Madrid:20260327T173000 | 2026-03-27T17:30:00+01:00
            DTSTART;TZID=Ours:20260327T173000                     | 2026-03-27T17:30:00-03:00
            DTSTART;TZID=Nowhere:20260327T173000                  | 20260327T173000
            DTSTART:20260327T173000                               | 20260327T173000
            DTSTART:tomorrow                                      | tomorrow
            """)
    void tellsTheMomentAsFarAsItCanBeTold(String line, String start) {
        var zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nTZOFFSETTO:-0300\nEND:STANDARD\nEND:VTIMEZONE\n";

        assertThat(CalendarFile.events(zone + calendar("REQUEST", line), "")
                        .getFirst()
                        .start())
                .isEqualTo(start);
    }

    @Test
    void whatIsBrokenIsNoInvitation() {
        assertThat(CalendarFile.events("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:x", "REQUEST"))
                .isEmpty();
        assertThat(CalendarFile.events("", "")).isEmpty();
        assertThat(CalendarFile.events("END:VEVENT\nEND:VCALENDAR\n;:;:=\n:", ""))
                .isEmpty();
    }

    private static String calendar(String method, String fields) {
        return "BEGIN:VCALENDAR\nMETHOD:" + method + "\nBEGIN:VEVENT\n" + fields + "\nEND:VEVENT\nEND:VCALENDAR\n";
    }
}
