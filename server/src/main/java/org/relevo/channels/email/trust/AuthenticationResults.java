package org.relevo.channels.email.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One Authentication-Results field (RFC 8601, 2.2).
 *
 * @param authority its authserv-id, in lower case; empty where there is none
 */
record AuthenticationResults(String authority, List<Result> results) {

    private static final int LONGEST = 50_000;
    private static final int MOST_RESULTS = 100;

    /**
     * One finding.
     *
     * @param method spf, dkim, dmarc and so on, without its version
     * @param value the result word
     * @param properties such as header.d, by name
     */
    record Result(String method, String value, Map<String, String> properties) {

        String property(String name) {
            return properties.getOrDefault(name, "");
        }
    }

    static AuthenticationResults of(String field) {
        var statements = statements(field.length() <= LONGEST ? field : field.substring(0, LONGEST));
        var id = statements.isEmpty() ? List.<String>of() : statements.getFirst();
        var named = !id.isEmpty()
                && !id.getFirst().contains("=")
                && (id.size() == 1 || !id.get(1).startsWith("="));
        return new AuthenticationResults(
                named ? id.getFirst().toLowerCase(Locale.ROOT) : "",
                statements.stream()
                        .skip(named ? 1 : 0)
                        .limit(MOST_RESULTS)
                        .flatMap(words -> result(words).stream())
                        .toList());
    }

    /** The words between semicolons, without comments and quotation marks; what was quoted cannot end or begin anything. */
    private static List<List<String>> statements(String field) {
        var statements = new ArrayList<List<String>>();
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < field.length(); i++) {
            var letter = field.charAt(i);
            if ((quoted || depth > 0) && letter == '\\' && i + 1 < field.length()) {
                i++;
                word.append(quoted ? String.valueOf(field.charAt(i)) : "");
            } else if (quoted) {
                quoted = letter != '"';
                word.append(quoted ? String.valueOf(letter) : "");
            } else if (letter == '"' && depth == 0) {
                quoted = true;
            } else if (letter == '(') {
                depth++;
            } else if (letter == ')' && depth > 0) {
                depth--;
            } else if (depth == 0 && (letter == ';' || Character.isWhitespace(letter))) {
                end(word, words);
                if (letter == ';') {
                    statements.add(List.copyOf(words));
                    words.clear();
                }
            } else if (depth == 0) {
                word.append(letter);
            }
        }
        end(word, words);
        statements.add(List.copyOf(words));
        return statements;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static Optional<Result> result(List<String> words) {
        var pairs = pairs(words);
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        var method = pairs.getFirst();
        var version = method.getKey().indexOf('/');
        var name = version > 0 ? method.getKey().substring(0, version) : method.getKey();
        var properties = pairs.stream()
                .skip(1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first));
        return Optional.of(new Result(name, method.getValue().toLowerCase(Locale.ROOT), properties));
    }

    /** Names and values, also where spaces stand around the equals sign. */
    private static List<Map.Entry<String, String>> pairs(List<String> words) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        var joined = new ArrayList<String>();
        for (var word : words) {
            var goesOn = !joined.isEmpty()
                    && (word.startsWith("=") || joined.getLast().endsWith("="));
            joined.add(goesOn ? joined.removeLast() + word : word);
        }
        for (var word : joined) {
            var equals = word.indexOf('=');
            if (equals > 0 && equals < word.length() - 1) {
                pairs.add(Map.entry(word.substring(0, equals).toLowerCase(Locale.ROOT), word.substring(equals + 1)));
            }
        }
        return pairs;
    }
}
