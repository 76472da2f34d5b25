package org.relevo.tickets;

import org.jspecify.annotations.Nullable;

/** Names of files that came from outside: no folders, no control or direction marks, not endless. */
public final class FileName {

    private static final int LONGEST = 120;

    private FileName() {}

    public static String safe(@Nullable String given) {
        var name =
                (given == null ? "" : given).replaceAll("[\\p{Cc}\\p{Cf}]", "").strip();
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[<>:\"|?*]", "_");
        if (name.isBlank() || name.chars().allMatch(letter -> letter == '.')) {
            return "file";
        }
        return name.length() <= LONGEST ? name : shortened(name);
    }

    private static String shortened(String name) {
        var dot = name.lastIndexOf('.');
        var ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
        return name.substring(0, LONGEST - ending.length()) + ending;
    }
}
