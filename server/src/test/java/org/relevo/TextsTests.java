package org.relevo;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.Written;

/** The server's sentences are there in both languages, and every problem has its page. */
class TextsTests {

    private static final Pattern PROBLEM = Pattern.compile(
            "(?:new ProblemException|ShopUnreachableException|super)\\(\\s*\"([a-z0-9-]+)\"\\s*,\\s*(\\d{3})");

    @ParameterizedTest
    @ValueSource(strings = {"problems", "reasons", "orders"})
    void bothLanguagesSayTheSameThings(String bundle) throws IOException {
        var english = texts(bundle);
        var spanish = texts(bundle + "_es");

        assertThat(spanish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(placeholders(spanish.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    @Test
    void everyProblemThatTheCodeNamesHasASentence() throws IOException {
        var english = texts("problems");
        english.putAll(texts("orders"));

        assertThat(problems().keySet())
                .allSatisfy(slug -> assertThat(english).containsKeys(slug + ".title", slug + ".detail"));
    }

    @Test
    void theReferenceListsEveryProblem() throws IOException {
        var english = texts("problems");
        english.putAll(texts("orders"));
        var statuses = problems();
        var rows = new TreeSet<>(english.stringPropertyNames())
                .stream()
                        .filter(key -> key.endsWith(".title"))
                        .map(key -> key.substring(0, key.length() - ".title".length()))
                        .map(slug -> "| `/problems/%s` | %s | %s | %s |"
                                .formatted(
                                        slug,
                                        statuses.getOrDefault(slug, "–"),
                                        english.getProperty(slug + ".title"),
                                        english.getProperty(slug + ".detail")))
                        .collect(joining("\n"));

        Written.says("docs/reference/problems.md", """
                # Problems

                Every error answer is `application/problem+json` (RFC 9457). Branch on `type`; `title` and `detail` are for people and
                come in the language of `Accept-Language` (English, Spanish). Written by `TextsTests` from the code and its texts.

                | type | status | title | detail |
                | --- | --- | --- | --- |
                %s
                """.formatted(rows));
    }

    private static TreeMap<String, String> problems() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                PROBLEM.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.put(match.group(1), match.group(2)));
            }
        }
        return found;
    }

    private static TreeSet<String> placeholders(String sentence) {
        var found = new TreeSet<String>();
        Pattern.compile("\\{\\d}").matcher(sentence).results().forEach(match -> found.add(match.group()));
        return found;
    }

    private static Properties texts(String name) throws IOException {
        var properties = new Properties();
        try (var file = TextsTests.class.getResourceAsStream("/texts/" + name + ".properties")) {
            assertThat(file).as(name).isNotNull();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return properties;
    }
}
