package org.relevo.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.SharedData;
import org.relevo.tickets.domain.MailPage;
import tools.jackson.databind.json.JsonMapper;

class SafeHtmlTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <b onclick="x()">bold</b>                           | <b>bold</b>
            <script>x()</script>text                            | text
            <style>b{color:red}</style>text                     | text
            <form action="x"><input>text</form>                 | text
            <iframe src="https://a.example"></iframe>text       | text
            <meta http-equiv="refresh" content="0">text         | text
            <base href="https://a.example/">text                | text
            <div style="position:fixed;color:red">text</div>    | <div style="color:red">text</div>
            <div style="background:url(//a.example)">text</div> | <div>text</div>
            <img src="https://a.example/pixel.gif">             | ''
            """)
    void keepsWhatIsHarmless(String html, String kept) {
        assertThat(SafeHtml.selfContained(html)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                " javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "//a.example/x",
                "/relative",
                "cid:photo",
                "blob:x"
            })
    void aLinkLeadsToTheWebAMailOrATelephoneOrNowhere(String target) {
        assertThat(SafeHtml.stored("<a href=\"" + target + "\">here</a>")).doesNotContain("href");
    }

    @Test
    void aLinkTellsNobodyWhereItWasClicked() {
        assertThat(SafeHtml.stored("<a href='https://a.example/'>here</a>"))
                .contains("noopener", "noreferrer", "nofollow");
    }

    @Test
    void aPageShowsThePicturesThatCameWithTheMailAndNoOthers() {
        var page = MailPage.of(
                SafeHtml.stored("<img src='cid:photo@1'><img src='cid:unknown'><img src='https://a.example/x.gif'>"),
                Map.of("cid:photo@1", "https://content.example/file"));

        assertThat(Jsoup.parse(page).select("img").eachAttr("src")).containsExactly("https://content.example/file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dompurify/expect.json", "owasp-java-html-sanitizer/payloads.json"})
    void nothingOfTheSanitizersOwnPayloadsIsLeft(String file) {
        for (var row : JSON.readTree(SharedData.at("security/" + file).toFile())) {
            isHarmless(row.path("payload").asString());
        }
    }

    @Test
    void nothingOfTheCollectedPayloadsIsLeft() throws IOException {
        try (var files = Files.list(SharedData.at("security/payloadsallthethings/xss"))) {
            for (var payload : files.flatMap(file -> payloads(file).stream()).toList()) {
                isHarmless(payload);
                isHarmless("<img src=x alt=\"" + payload + "\">");
                isHarmless("<a title='" + payload + "'>");
                isHarmless("<p style=\"" + payload + "\">");
            }
        }
    }

    @Test
    void nothingOfTheFilesWithScriptsIsLeft() throws IOException {
        for (var folder : List.of("xss-files", "svg-ssrf")) {
            try (var files = Files.list(SharedData.at("security/payloadsallthethings/" + folder))) {
                files.filter(Files::isRegularFile).forEach(file -> isHarmless(text(file)));
            }
        }
    }

    private static List<String> payloads(Path file) {
        var payloads = new ArrayList<>(text(file).lines().toList());
        payloads.add(text(file));
        return payloads;
    }

    private static String text(Path file) {
        return new String(SharedData.bytes(file), StandardCharsets.UTF_8);
    }

    private static void isHarmless(String payload) {
        Shown.isHarmless(SafeHtml.selfContained(payload), "cid:");
        var stored = SafeHtml.stored(payload);
        Shown.isHarmless(stored, "");
        var images = Map.of("cid:x", "https://content.example/x");
        var page = MailPage.of(stored, images);
        Shown.isHarmless(page.substring(page.indexOf("<body>") + 6), "https://content.example/");
    }
}
