package org.relevo.channels.email.quoting;

/** Tells by its figures alone whether a text names a day or a time, in whatever language. */
final class Moment {

    private Moment() {}

    /** What the figures of a text look like. */
    record Figures(boolean year, boolean day, boolean wholeDate, boolean time) {

        boolean date() {
            return wholeDate || (year && day) || (day && time);
        }
    }

    static Figures in(String text) {
        var year = false;
        var numbers = 0;
        var wholeDate = false;
        var time = false;
        var at = 0;
        while (at < text.length()) {
            if (!Character.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            var end = endOfFigures(text, at);
            var figures = text.substring(at, end);
            var groups = figures.split("[^\\p{Nd}]+");
            year |= isYear(groups[0]) || (groups.length > 2 && isYear(groups[2]));
            if (groups.length >= 3 && groups[0].length() <= 4 && groups[1].length() <= 2 && groups[2].length() <= 4) {
                if (figures.contains(":") && figures.indexOf(':') < 3) {
                    time = true;
                } else {
                    wholeDate = true;
                }
            } else if (groups.length == 2 && groups[0].length() <= 2 && groups[1].length() == 2) {
                time |= !figures.contains("-");
                wholeDate |= figures.contains("/");
            } else if (groups.length == 1 && groups[0].length() <= 2) {
                numbers++;
            }
            at = end;
        }
        return new Figures(year, numbers > 0, wholeDate, time);
    }

    private static int endOfFigures(String text, int from) {
        var at = from;
        while (at < text.length() && at - from < 40) {
            var c = text.charAt(at);
            var joins = "/.-:h年月日時时분년월일点點分".indexOf(c) >= 0
                    && at + 1 < text.length()
                    && Character.isDigit(text.charAt(at + 1));
            if (!Character.isDigit(c) && !joins) {
                break;
            }
            at++;
        }
        return at;
    }

    private static boolean isYear(String figures) {
        return figures.length() == 4
                && (Character.digit(figures.charAt(0), 10) == 2 && Character.digit(figures.charAt(1), 10) == 0
                        || Character.digit(figures.charAt(0), 10) == 1 && Character.digit(figures.charAt(1), 10) == 9);
    }
}
