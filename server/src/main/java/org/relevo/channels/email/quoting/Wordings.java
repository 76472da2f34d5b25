package org.relevo.channels.email.quoting;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What mail programs write around the mails that they quote, in every language that we know: {@code languages.txt}. */
final class Wordings {

    private static final Map<Kind, List<String>> WORDINGS = read();
    private static final Map<String, Kind> FIELDS = fields();
    private static final Map<String, List<List<String>>> VERBS = byFirstWord(WORDINGS.get(Kind.WROTE));
    private static final Map<String, List<List<String>>> OPENINGS = byFirstWord(WORDINGS.get(Kind.ON));
    private static final Map<String, List<List<String>>> SENT = byFirstWord(WORDINGS.get(Kind.SENT));
    private static final Map<String, List<List<String>>> FOOTERS = byFirstWord(WORDINGS.get(Kind.FOOTER));
    private static final List<String> UNSPACED_VERBS = unspaced(Kind.WROTE);
    private static final List<String> UNSPACED_SENT = unspaced(Kind.SENT);
    private static final Map<Kind, Set<String>> WHOLE = whole();
    private static final String AROUND_WORDS = ":：,;*_\"“”«»<>|…";

    /** A kind of wording; the first eight name the fields of a mail's header. */
    enum Kind {
        FROM,
        TO,
        CC,
        BCC,
        REPLY,
        DATE,
        SUBJECT,
        OTHER,
        ON,
        WROTE,
        ORIGINAL,
        FORWARDED,
        BEGIN,
        PREFIX,
        SENT,
        FOOTER,
        DEVICE,
        GET,
        MARKER
    }

    private Wordings() {}

    /** Which field of a header is called {@code name}. */
    static Optional<Kind> field(String name) {
        return Optional.ofNullable(FIELDS.get(fold(name)));
    }

    /** Whether {@code words}, as they stand, are a wording of {@code kind}. */
    static boolean is(Kind kind, String words) {
        return Objects.requireNonNull(WHOLE.get(kind)).contains(fold(words));
    }

    static boolean containsVerb(List<String> words) {
        for (var at = 0; at < words.size(); at++) {
            if (lengthOf(VERBS, words, at) > 0) {
                return true;
            }
        }
        return words.stream().anyMatch(Wordings::containsUnspacedVerb);
    }

    /** Whether the verb is the last that {@code words} say. */
    static boolean endsWithVerb(List<String> words) {
        for (var at = Math.max(0, words.size() - 4); at < words.size(); at++) {
            if (at + lengthOf(VERBS, words, at) == words.size()) {
                return true;
            }
        }
        return !words.isEmpty() && containsUnspacedVerb(words.getLast());
    }

    static boolean beginsLikeAnIntroduction(List<String> words) {
        return lengthOf(OPENINGS, words, 0) > 0;
    }

    /** How many words of "Sent from" {@code words} begin with; 0 for none. */
    static int sentFrom(List<String> words) {
        return lengthOf(SENT, words, 0);
    }

    static boolean isSentFromWithoutSpaces(String line) {
        var folded = fold(line);
        return UNSPACED_SENT.stream().anyMatch(folded::startsWith);
    }

    static boolean beginsLikeAFooter(List<String> words) {
        return lengthOf(FOOTERS, words, 0) > 0;
    }

    static boolean containsMarker(String line) {
        var folded = fold(line);
        return Objects.requireNonNull(WORDINGS.get(Kind.MARKER)).stream().anyMatch(folded::contains);
    }

    /** The words of {@code text} in lower case, without the punctuation around them. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : fold(text).split(" ", -1)) {
            var bare = bare(word);
            if (!bare.isEmpty()) {
                words.add(bare);
            }
        }
        return words;
    }

    /** In lower case, composed, with single spaces. */
    static String fold(String text) {
        var folded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isSpace(c)) {
                folded.append(c);
            } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        }
        var composed = Normalizer.normalize(folded, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return composed.replace('’', '\'').replace("i̇", "i").strip();
    }

    static boolean isSpace(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == '\ufeff'
                || c == '\u200b'
                || isDirection(c);
    }

    private static boolean isDirection(char c) {
        return c == '\u200e' || c == '\u200f' || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }

    private static String bare(String word) {
        var from = 0;
        var to = word.length();
        while (from < to && AROUND_WORDS.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && AROUND_WORDS.indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }

    private static int lengthOf(Map<String, List<List<String>>> wordings, List<String> words, int at) {
        if (at >= words.size()) {
            return 0;
        }
        return wordings.getOrDefault(words.get(at), List.of()).stream()
                .filter(wording -> at + wording.size() <= words.size())
                .filter(wording -> words.subList(at, at + wording.size()).equals(wording))
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    private static boolean containsUnspacedVerb(String word) {
        return word.codePoints().anyMatch(Wordings::isUnspaced)
                && UNSPACED_VERBS.stream().anyMatch(word::contains);
    }

    /** Whether {@code character} belongs to a script that puts no spaces between words. */
    static boolean isUnspaced(int character) {
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI -> true;
            default -> false;
        };
    }

    private static Map<Kind, List<String>> read() {
        var wordings = new EnumMap<Kind, List<String>>(Kind.class);
        for (var kind : Kind.values()) {
            wordings.put(kind, new ArrayList<>());
        }
        resource()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("["))
                .forEach(line -> {
                    var colon = line.indexOf(':');
                    var kind = Kind.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
                    Arrays.stream(line.substring(colon + 1).split("\\|"))
                            .map(Wordings::fold)
                            .forEach(Objects.requireNonNull(wordings.get(kind))::add);
                });
        return wordings;
    }

    private static String resource() {
        try (var stream = Wordings.class.getResourceAsStream("languages.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where two languages call different fields by one name, the language that comes first in the file is believed. */
    private static Map<String, Kind> fields() {
        var fields = new HashMap<String, Kind>();
        for (var kind :
                List.of(Kind.FROM, Kind.TO, Kind.CC, Kind.BCC, Kind.REPLY, Kind.DATE, Kind.SUBJECT, Kind.OTHER)) {
            Objects.requireNonNull(WORDINGS.get(kind)).forEach(name -> fields.putIfAbsent(name, kind));
        }
        return fields;
    }

    private static Map<Kind, Set<String>> whole() {
        var whole = new EnumMap<Kind, Set<String>>(Kind.class);
        WORDINGS.forEach((kind, wordings) -> whole.put(kind, wordings.stream().collect(toUnmodifiableSet())));
        return whole;
    }

    private static Map<String, List<List<String>>> byFirstWord(@Nullable List<String> wordings) {
        var byFirstWord = new HashMap<String, List<List<String>>>();
        for (var wording : Objects.requireNonNull(wordings)) {
            var words = words(wording);
            byFirstWord
                    .computeIfAbsent(words.getFirst(), _ -> new ArrayList<>())
                    .add(words);
        }
        return byFirstWord;
    }

    private static List<String> unspaced(Kind kind) {
        return Objects.requireNonNull(WORDINGS.get(kind)).stream()
                .filter(wording -> wording.codePoints().anyMatch(Wordings::isUnspaced))
                .toList();
    }
}
