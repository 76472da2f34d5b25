package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Hola                                           | Hola
            <p>one</p><p>two</p>                           | one¶¶two
            <div>one</div><div>two</div>                   | one¶two
            one<br>two<br><br>three                        | one¶two¶¶three
            <ul><li>one</li><li>two</li></ul>              | - one¶- two
            <ol><li>one</li><li>two</li></ol>              | 1. one¶2. two
            <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table> | a\tb¶c
            <p style="display: none">preview</p>shown       | shown
            <span style="font-size:0px">preview</span>shown | shown
            a <b> b</b>                                    | a b
            <pre>a¶  b</pre>                               | a¶  b
            a&nbsp;b &amp; c                               | a b & c
            <b>bo</b>ld and <i>slant</i>ed                 | bold and slanted
            <style>p{color:red}</style>shown               | shown
            <script>alert(1)</script>shown                 | shown
            <head><title>not this</title></head>shown      | shown
            <!-- comment -->shown                          | shown
            x<br>&#0;y                                     | x¶\uFFFDy
            """)
    void readsAsAReaderSeesIt(String html, String text) {
        assertThat(HtmlText.of(html.replace('¶', '\n')))
                .isEqualTo(text.replace('¶', '\n').replace("\\t", "\t").replace("\\uFFFD", "\uFFFD"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            <p>Hola <b>Ana</b></p>                          | false
            <a href="https://a.example">https://a.example</a> | false
            <a href="https://a.example">here</a>            | true
            <table><tr><td>1</td></tr></table>              | true
            <ul><li>1</li></ul>                             | true
            <img src="cid:photo">                           | true
            <img src="https://a.example/pixel.gif">         | false
            """)
    void isShownOnlyWhenItSaysMoreThanItsText(String html, boolean more) {
        assertThat(HtmlText.saysMore(html)).isEqualTo(more);
    }

    @Test
    void staysQuickAndInBoundsWhateverItIsGiven() {
        var deep = "<div>".repeat(100_000) + "end" + "<table>".repeat(100_000);

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(HtmlText.of(deep)).contains("end");
            assertThat(HtmlText.height("<p>line</p>".repeat(10_000))).isEqualTo(4_000);
        });
    }
}
