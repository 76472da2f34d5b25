package org.relevo.channels.email.automatic;

import java.util.List;

/** Makes what servers say over many lines fit one. */
final class Diagnostics {

    private Diagnostics() {}

    static String oneLine(List<String> lines, int longest) {
        return oneLine(String.join(" ", lines), longest);
    }

    static String oneLine(String text, int longest) {
        var line = text.replaceAll("[\\s\\p{Cc}]+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
