package org.relevo.orders.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what may be order numbers in what people write: {@code AU-20418}, {@code au 20418}, {@code #15}. */
public final class OrderNumbers {

    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_NUMBER = 24;
    private static final int MOST = 40;

    private OrderNumbers() {}

    /** The form in which all spellings of one number are equal: letters and digits only, upper case. */
    public static String key(String number) {
        var key = new StringBuilder(number.length());
        number.chars().filter(Character::isLetterOrDigit).forEach(key::appendCodePoint);
        return key.toString().toUpperCase(Locale.ROOT);
    }

    /**
     * The keys of everything in {@code text} that looks like an order number: a word with a digit in it, alone and
     * together with the word before it. Linear in the text; at most 40.
     */
    public static List<String> candidates(String text) {
        Set<String> found = new LinkedHashSet<>();
        var words = text.substring(0, Math.min(text.length(), LONGEST_TEXT)).split("[\\s,;:()\\[\\]<>\"'¿?¡!]+");
        var before = "";
        for (var word : words) {
            var key = key(word);
            if (key.length() <= LONGEST_NUMBER && key.chars().anyMatch(Character::isDigit)) {
                found.add(key);
                if (!before.isEmpty() && before.length() <= 4) {
                    found.add(before + key);
                }
            }
            before = key;
            if (found.size() >= MOST) {
                break;
            }
        }
        return List.copyOf(found);
    }
}
