package org.relevo.platform;

import java.util.List;

/**
 * Why something was decided, kept as data and told as a sentence ({@code texts/reasons}) in each reader's language.
 *
 * @param code the key of the sentence
 * @param arguments what the sentence names, in its order
 */
public record Reason(String code, List<String> arguments) {

    public static Reason of(String code, String... arguments) {
        return new Reason(code, List.of(arguments));
    }
}
