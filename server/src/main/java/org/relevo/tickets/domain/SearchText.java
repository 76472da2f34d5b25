package org.relevo.tickets.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words as search compares them: lower case, without accents, letters and digits only. */
public final class SearchText {

    private static final int LONGEST = 4_000;
    private static final int MOST_WORDS = 12;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BREAKS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SearchText() {}

    /** The words of {@code parts}, up to 4 000 characters of each. */
    public static String of(String... parts) {
        return Stream.of(parts).map(SearchText::plain).collect(Collectors.joining(" "));
    }

    /** A query for {@code to_tsquery('simple', …)}: every word, the last one as a beginning; empty if there is none. */
    public static String query(String typed) {
        var words = Stream.of(plain(typed).split(" "))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
        return words.isEmpty() ? "" : String.join(" & ", words) + ":*";
    }

    private static String plain(String text) {
        var cut = text.substring(0, Math.min(text.length(), LONGEST));
        var bare =
                MARKS.matcher(Normalizer.normalize(cut, Normalizer.Form.NFKD)).replaceAll("");
        return BREAKS.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
