package org.relevo.channels.email.quoting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relevo.support.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the collections of mails and counts how many of their cases come out as they say. */
final class Corpus {

    private final String name;
    private final List<String> misses = new ArrayList<>();
    private int cases;

    Corpus(String name) {
        this.name = name;
    }

    static Path at(String path) {
        return SharedData.at("mail/" + path);
    }

    static String text(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(String folder) {
        try (var files = Files.list(at(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String path) {
        return JsonMapper.shared().readTree(text(at(path)));
    }

    /** White space of every kind and length counts as one space. */
    static String folded(String text) {
        return text.replaceAll("[\\s\\u00a0\\ufeff]+", " ").strip();
    }

    void count(String file, String expected, String actual) {
        cases++;
        if (!folded(actual).equals(folded(expected))) {
            misses.add(file + "\n      expected: " + shown(expected) + "\n      actual:   " + shown(actual));
        }
    }

    private static String shown(String text) {
        var folded = folded(text);
        return folded.length() > 300 ? folded.substring(0, 300) + "…" : folded;
    }

    /** The cases that come out otherwise, after printing the row of the table. */
    List<String> misses() {
        System.out.printf("| %s | %d | %d |%n", name, cases, cases - misses.size());
        misses.forEach(miss -> System.out.println("    " + miss));
        return misses.stream()
                .map(miss -> miss.lines().findFirst().orElseThrow())
                .toList();
    }
}
