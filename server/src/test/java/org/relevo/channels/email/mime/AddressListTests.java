package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            ana@mail.example                                        | <ana@mail.example>
            Ana <ana@mail.example>                                  | Ana<ana@mail.example>
            "Ruiz, Ana" <Ana@Mail.Example>                          | Ruiz, Ana<ana@mail.example>
            Ana Ruiz <ana@mail.example>, bo@mail.example            | Ana Ruiz<ana@mail.example> <bo@mail.example>
            Ana <ana@mail.example>; Bo <bo@mail.example>            | Ana<ana@mail.example> Bo<bo@mail.example>
            Ana <ana@mail.example> Bo <bo@mail.example>             | Ana<ana@mail.example> Bo<bo@mail.example>
            ana@mail.example bo@mail.example                        | <ana@mail.example> <bo@mail.example>
            , ana@mail.example, ,                                   | <ana@mail.example>
            ana@mail.example (Ana Ruiz)                             | Ana Ruiz<ana@mail.example>
            Pete(A nice \\) chap) <pete(his account)@silly.test>     | Pete<pete@silly.test>
            A Group(Some people):Chris <c@a.test>,joe@b.test;       | Chris<c@a.test> <joe@b.test>
            Undisclosed recipients:;                                | ''
            Mary Smith <@machine.tld:mary@example.net>              | Mary Smith<mary@example.net>
            jdoe@test   . example                                   | <jdoe@test.example>
            "ana@shop.example" <eve@mail.example>                   | ana@shop.example<eve@mail.example>
            ana@shop.example <eve@mail.example>                     | ana@shop.example<eve@mail.example>
            "Ana <ana@mail.example>, "Bo" <bo@mail.example>         | Ana<ana@mail.example> Bo<bo@mail.example>
            "Ana <ana@mail.example>                                 | Ana<ana@mail.example>
            Ana <<ana@mail.example>>                                | Ana<ana@mail.example>
            Ana <ana@mail.example                                   | Ana<ana@mail.example>
            Ana <mailto:ana@mail.example>                           | Ana<ana@mail.example>
            'Ana' <ana@mail.example>                                | Ana<ana@mail.example>
            "ana ruiz"@mail.example                                 | ''
            "ana.ruiz"@mail.example                                 | <"ana.ruiz"@mail.example>
            ana@[192.0.2.1]                                         | <ana@[192.0.2.1]>
            a@b@c                                                   | ''
            Ana                                                     | ''
            ana@                                                    | ''
            @mail.example                                           | ''
            ana@mail.example.                                       | <ana@mail.example>
            =?utf-8?q?Jos=C3=A9?= <jose@mail.example>               | José<jose@mail.example>
            "=?utf-8?q?Jos=C3=A9?=" <jose@mail.example>             | José<jose@mail.example>
            jdöe@mächine.example                                    | <jdöe@mächine.example>
            (Ana ( <ana@mail.example>                               | Ana<ana@mail.example>
            """)
    void readsWhoeverCanBeReached(String field, String mailboxes) {
        assertThat(AddressList.of(field).stream()
                        .map(address -> address.name() + "<" + address.address() + ">")
                        .collect(Collectors.joining(" ")))
                .isEqualTo(mailboxes.equals("''") ? "" : mailboxes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "\"", "<", "a@b,", "\\\"", "((a)", "<a@b>", "a:", "=?utf-8?q?=22?=", "\"a@b>,"})
    void takesTimeInProportion(String piece) {
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> AddressList.of(piece.repeat(250_000 / piece.length())));
    }

    @Test
    void doesNotReadWithoutEnd() {
        assertThat(AddressList.of("ana@mail.example,".repeat(20_000))).hasSize(1_000);
    }
}
