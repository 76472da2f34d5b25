package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relevo.support.SharedData;

/** The decoded bodies that Mime4j's own test suite expects: each must be among our texts and files. */
class Mime4jConformanceTests {

    private static final Pattern BODY = Pattern.compile("<(?:text|binary)-body name=\"([^\"]+)\"");

    /** File of the expected body: why we show something else. */
    private static final Map<String, String> ARGUED = Map.ofEntries(
            Map.entry("double-semicolon_decoded_1_2.txt", "two plain forms of the same: one is shown"),
            Map.entry("double-semicolon2_decoded_1_2.txt", "two plain forms of the same: one is shown"),
            Map.entry(
                    "multi-frag_decoded_1_3_2.bin",
                    "a text that follows the code without an end is not decoded as code"),
            Map.entry(
                    "frag_decoded_1_2_1_2_1_2_1_2.bin", "of code that is cut off, every whole byte is kept: one more"),
            Map.entry("sig-uu_decoded_1.txt", "what is uuencoded becomes a file"),
            Map.entry("uu-junk_decoded_1_2.txt", "what is uuencoded becomes files"),
            Map.entry("uu-zeegee_decoded_1.txt", "what is uuencoded becomes files"),
            Map.entry(
                    "malformedHeaderStartsBody-nocrlfcrlf_decoded_1.txt",
                    "a broken line between fields does not end the header"));

    private int agreed;
    private int argued;
    private final List<String> misses = new ArrayList<>();

    @Test
    void findsEveryBodyThatMime4jFinds() {
        var mails = mails();
        mails.forEach(this::compare);

        System.out.printf(
                "james-mime4j %d mails: %d bodies agreed, %d argued, %d missed%n",
                mails.size(), agreed, argued, misses.size());
        misses.forEach(System.out::println);
        assertThat(misses).isEmpty();
        assertThat(agreed).isGreaterThanOrEqualTo(150);
    }

    private static List<Path> mails() {
        try (Stream<Path> files = Files.walk(SharedData.at("mail/james-mime4j"))) {
            return files.filter(file -> file.toString().endsWith(".msg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(Path file) {
        var name = file.getFileName().toString().replace(".msg", "");
        var expected = file.resolveSibling(name + "_decoded.xml");
        if (!Files.exists(expected)) {
            return;
        }
        var mail = MailParser.read(SharedData.bytes(file));
        BODY.matcher(new String(SharedData.bytes(expected), ISO_8859_1))
                .results()
                .map(found -> found.group(1))
                .forEach(body -> compare(body, SharedData.bytes(file.resolveSibling(body)), mail));
    }

    private void compare(String name, byte[] body, ParsedMail mail) {
        var wanted = folded(body);
        if (wanted.isEmpty() || has(mail, wanted, 0)) {
            agreed++;
        } else if (ARGUED.containsKey(name)) {
            argued++;
        } else {
            misses.add(name + ": " + (wanted.length() < 120 ? wanted : wanted.substring(0, 120)) + " | ours: "
                    + mail.text().lines().limit(3).toList()
                    + mail.parts().stream()
                            .map(part -> part.name() + " " + part.type() + " " + part.content().length)
                            .toList());
        }
    }

    private static boolean has(ParsedMail mail, String wanted, int depth) {
        return letters(mail.text()).contains(letters(wanted))
                || letters(mail.text()).contains(letters(EnrichedText.plain(wanted, false)))
                || mail.html() != null
                        && (letters(mail.html()).contains(letters(wanted))
                                || letters(mail.text()).contains(letters(HtmlText.of(wanted))))
                || mail.parts().stream().anyMatch(part -> folded(part.content()).equals(wanted))
                || depth < 5
                        && mail.parts().stream()
                                .filter(part -> part.type().startsWith("message/"))
                                .anyMatch(part -> has(MailParser.read(part.content()), wanted, depth + 1));
    }

    private static String folded(byte[] bytes) {
        return new String(bytes, ISO_8859_1).replaceAll("\\s+", " ").strip();
    }

    /** What is alike in every charset. */
    private static String letters(String text) {
        return text.replaceAll("[^\\x21-\\x7e]+", "");
    }
}
