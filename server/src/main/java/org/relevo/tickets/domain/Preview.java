package org.relevo.tickets.domain;

import java.util.regex.Pattern;

/** The first words of a message, on one line. */
public final class Preview {

    private static final int LENGTH = 160;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Preview() {}

    public static String of(String text) {
        var start = text.substring(0, Math.min(text.length(), LENGTH * 4));
        var line = SPACE.matcher(start).replaceAll(" ").strip();
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH).strip() + "…";
    }
}
