package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharsetsTests {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            utf-8,                  6CC3A16D70617261,     lámpara
            UTF8,                   6CC3A16D70617261,     lámpara
            "utf-8",                6CC3A16D70617261,     lámpara
            iso-8859-1,             6CE16D70617261,       lámpara
            latin1,                 6CE16D70617261,       lámpara
            iso-8859-1,             3130208020,           '10 € '
            windows-1252,           93686F6C6194,         “hola”
            iso-8859-15,            3130A4,               10€
            us-ascii,               686F6C61,             hola
            us-ascii,               6CC3A16D70617261,     lámpara
            us-ascii,               6CE16D70617261,       lámpara
            iso-8859-2,             BFF36CE1,             żólá
            windows-1251,           CFF0E8E2E5F2,         Привет
            koi8-r,                 F0D2C9D7C5D4,         Привет
            cp-850,                 A0,                   á
            gb2312,                 C4E3BAC3,             你好
            gb2312,                 E946,                 镕
            big5,                   A741A66E,             你好
            euc-kr,                 BEC8B3E7,             안녕
            ks_c_5601-1987,         BEC8B3E7,             안녕
            iso-2022-jp,            1B2442244F1B2842,     は
            shift_jis,              82CD,                 は
            iso-8859-8-i,           F9ECE5ED,             שלום
            utf-16,                 FEFF0068006F,         ho
            utf-7,                  686F6C61,             hola
            unicode-1-1-utf-7,      686F6C61,             hola
            x-unknown,              6CC3A16D70617261,     lámpara
            x-unknown,              6CE16D70617261,       lámpara
            '!! no charset !!',     686F6C61,             hola
            '',                     6CE16D70617261,       lámpara
            utf-8,                  6CE16D70617261,       lámpara
            utf-8,                  EFBBBF686F6C61,       hola
            """)
    void readsTextUnderEveryLabelThatIsInUse(String label, String hex, String text) {
        assertThat(Charsets.decode(HexFormat.of().parseHex(hex), label)).isEqualTo(text);
    }

    @Test
    void textWithoutALabelIsUtf8IfItCanBe() {
        assertThat(Charsets.decode("¿Dónde?".getBytes(UTF_8), null)).isEqualTo("¿Dónde?");
        assertThat(Charsets.decode(new byte[] {(byte) 0xbf, 'D', (byte) 0xf3}, null))
                .isEqualTo("¿Dó");
    }

    @Test
    void keepsNeitherNulNorMarksNorForeignLineEnds() {
        assertThat(Charsets.clean("\uFEFFone\0\r\ntwo\rthree\nfour")).isEqualTo("one\ntwo\nthree\nfour");
    }
}
