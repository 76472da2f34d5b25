package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDateTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Fri, 27 Mar 2026 17:30:00 +0100              | 2026-03-27T16:30:00Z
            27 Mar 2026 17:30 +0100                      | 2026-03-27T16:30:00Z
            Fri, 27 Mar 2026 17:30:00 +0100 (CET)        | 2026-03-27T16:30:00Z
            Fri, 27 Mar 26 17:30:00 GMT                  | 2026-03-27T17:30:00Z
            Fri, 21 Nov 97 09:55:06 -0600                | 1997-11-21T15:55:06Z
            Thu, 13 Feb 1969 23:32 -0330                 | 1969-02-14T03:02:00Z
            Fri, 21 Nov 1997 09(comment):   55  :  06 EST | 1997-11-21T14:55:06Z
            Fri, 27 Mar 2026 17:30:00                    | 2026-03-27T17:30:00Z
            Fri, 27 Mar 2026 17:30:60 PDT                | 2026-03-28T00:30:59Z
            Fri Mar 27 17:30:00 2026                     | 2026-03-27T17:30:00Z
            Fri Mar 27 17:30:00 CET 2026                 | 2026-03-27T16:30:00Z
            March 27, 2026 5:30 PM                       | 2026-03-27T17:30:00Z
            vie, 27 mar 2026 17:30:00 +0100              | 2026-03-27T16:30:00Z
            27 de marzo de 2026 17:30:00 +0100           | 2026-03-27T16:30:00Z
            Di, 27 Okt 2026 17:30:00 +0100               | 2026-10-27T16:30:00Z
            mardi, 27 août 2026 17:30:00 +0200           | 2026-08-27T15:30:00Z
            2026-03-27T17:30:00+01:00                    | 2026-03-27T16:30:00Z
            2026-03-27 17:30:00 +0100                    | 2026-03-27T16:30:00Z
            27-Mar-2026 17:30:00 +0100                   | 2026-03-27T16:30:00Z
            Fri, 27 Mar 2026 17.30.00 +0100              | 2026-03-27T16:30:00Z
            Fri, 27 Mar 2026 17:30:00 GMT+0100           | 2026-03-27T16:30:00Z
            """)
    void readsEveryFormThatSaysWhen(String field, Instant at) {
        assertThat(MailDate.of(field)).hasValue(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Fri, 99 Foo 9999999 99:99:99 +9999",
                "Wed, 15 Dec 2010    59:10 -0500",
                "31 Jun 2026 10:00:00 +0000",
                "27/03/2026 17:30",
                "Fri, 27 Mar 2026",
                "Pn, 29 paX 2007 21:13:00 +0100"
            })
    void doesNotGuess(String field) {
        assertThat(MailDate.of(field)).isEmpty();
    }
}
