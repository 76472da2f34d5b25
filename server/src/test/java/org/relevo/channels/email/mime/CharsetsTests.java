package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
            utf-7,                  486F6C612B414F452D,   Holaá
            unicode-1-1-utf-7,      2B494B77,             €
            ks_c_5601,              BEC8B3E7,             안녕
            x-sjis,                 82CD,                 は
            iso-2022-jp,            1B24422D211B2842,     ①
            us-ascii,               1B2442244F1B2842,     は
            x-mac-cyrillic,         8FF0E8E2E5F2,         Привет
            x-unknown,              CFF0E8E2E5F220CAE0EA20E4E5EBE03F20C7E0EAE0E7, Привет Как дела? Заказ
            utf-8,                  4D6920C3A1C3A9C3ADC3B3C3BA20C3, Mi áéíóú \uFFFD
            iso-8859-1,             6CC3A16D7061726120C3A9,         lámpara é
            utf-16le,               68006F00,             ho
            x-unknown,              6CC3A16D70617261,     lámpara
            x-unknown,              6CE16D70617261,       lámpara
            '!! no charset !!',     686F6C61,             hola
            '',                     6CE16D70617261,       lámpara
            utf-8,                  6CE16D70617261,       lámpara
            utf-8,                  EFBBBF686F6C61,       hola
            """)
    void readsTextUnderEveryLabelThatIsInUse(String label, String hex, String text) {
        assertThat(Charsets.decode(HexFormat.of().parseHex(hex), label)).isEqualTo(text.replace("\\uFFFD", "\uFFFD"));
    }

    @Test
    void textWithoutALabelIsUtf8IfItCanBe() {
        assertThat(Charsets.decode("¿Dónde?".getBytes(UTF_8), null)).isEqualTo("¿Dónde?");
        assertThat(Charsets.decode(new byte[] {(byte) 0xbf, 'D', (byte) 0xf3}, null))
                .isEqualTo("¿Dó");
    }

    @Test
    void htmlMayNameItsCharsetItself() {
        var html = "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>".getBytes(UTF_8);
        var bytes = Arrays.copyOf(html, html.length + 6);
        System.arraycopy(HexFormat.of().parseHex("F0D2C9D7C5D4"), 0, bytes, html.length, 6);

        assertThat(Charsets.decodeHtml(bytes, null)).endsWith(">Привет");
        assertThat(Charsets.decodeHtml(bytes, "windows-1251")).doesNotEndWith("Привет");
    }

    @Test
    void keepsNeitherNulNorMarksNorForeignLineEnds() {
        assertThat(Charsets.clean("\uFEFFone\0\r\ntwo\rthree\nfour")).isEqualTo("one\ntwo\nthree\nfour");
    }
}
