package org.relevo.channels.email.automatic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.relevo.channels.email.mime.Headers;
import org.relevo.channels.email.mime.Headers.Field;

/** Groups of "Name: value" lines with empty lines between them, as in RFC 3464 and 5965; whatever else stands there is skipped. */
final class FieldBlocks {

    private static final int MOST_LINES = 5_000;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 10_000;

    private FieldBlocks() {}

    static List<Headers> in(byte[] content) {
        return in(new String(content, StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_LINES)
                .toList());
    }

    static List<Headers> in(List<String> lines) {
        var blocks = new ArrayList<Headers>();
        var fields = new ArrayList<Field>();
        for (var line : lines) {
            if (line.isBlank()) {
                close(fields, blocks);
            } else {
                read(line, fields);
            }
        }
        close(fields, blocks);
        return blocks;
    }

    private static void close(List<Field> fields, List<Headers> blocks) {
        if (!fields.isEmpty()) {
            blocks.add(new Headers(List.copyOf(fields)));
            fields.clear();
        }
    }

    private static void read(String line, List<Field> fields) {
        if (isFolded(line) && !fields.isEmpty()) {
            var last = fields.removeLast();
            fields.add(new Field(last.name(), cut(last.body() + " " + line.strip())));
        } else if (isField(line)) {
            var colon = line.indexOf(':');
            fields.add(new Field(
                    line.substring(0, colon).strip(),
                    cut(line.substring(colon + 1).strip())));
        }
    }

    private static boolean isFolded(String line) {
        return line.charAt(0) == ' ' || line.charAt(0) == '\t';
    }

    /** Whether a line begins a field: a name without spaces, then a colon. */
    static boolean isField(String line) {
        var colon = line.indexOf(':');
        return colon > 0
                && colon <= LONGEST_NAME
                && line.substring(0, colon).strip().chars().allMatch(letter -> letter > ' ' && letter < 127);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
    }
}
