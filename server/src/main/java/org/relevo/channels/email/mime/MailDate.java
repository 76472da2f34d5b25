package org.relevo.channels.email.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The moment that a Date field names (RFC 5322, 3.3 and 4.3), also in the forms that programs made up: names of months in other
 * languages, the month first, an ISO date, no zone (taken as UTC). Empty where one would have to guess.
 */
final class MailDate {

    private static final int LONGEST = 200;
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d{1,9})?)?(am|pm)?");
    private static final Pattern OFFSET = Pattern.compile("(?:gmt|utc?|z)?([+-])(\\d{2}):?(\\d{2})");
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?:t(.+))?");
    private static final Pattern DASHED = Pattern.compile("(\\d{1,2})-(\\p{L}+)\\.?-(\\d{2,4})");

    /** Obsolete zones (RFC 5322, 4.3) and those that are written all the same, in hours. */
    private static final Map<String, Integer> ZONES = Map.ofEntries(
            Map.entry("ut", 0),
            Map.entry("utc", 0),
            Map.entry("gmt", 0),
            Map.entry("z", 0),
            Map.entry("est", -5),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mst", -7),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7),
            Map.entry("wet", 0),
            Map.entry("west", 1),
            Map.entry("bst", 1),
            Map.entry("cet", 1),
            Map.entry("met", 1),
            Map.entry("cest", 2),
            Map.entry("mest", 2),
            Map.entry("mesz", 2),
            Map.entry("mez", 1),
            Map.entry("eet", 2),
            Map.entry("eest", 3),
            Map.entry("msk", 3),
            Map.entry("jst", 9),
            Map.entry("kst", 9));

    /** How the months begin, without accents: English, Spanish, Portuguese, French, Italian, German, Dutch, Catalan, Polish. */
    private static final List<String[]> MONTHS = List.of(
            names("jan ene gen stycz sty"),
            names("feb fev lut"),
            names("mar mrz maa mrt"),
            names("apr abr avr kwi"),
            names("may mai mag mei maj"),
            names("jun giu cze"),
            names("jul lug juil lip"),
            names("aug ago aou sie"),
            names("sep set wrz"),
            names("oct okt out ott paz"),
            names("nov lis"),
            names("dec dic dez des gru"));

    private @Nullable LocalTime time;
    private @Nullable ZoneOffset zone;
    private int day;
    private int month;
    private int year = -1;

    private MailDate() {}

    private static String[] names(String names) {
        return names.split(" ");
    }

    static Optional<Instant> of(String field) {
        var text =
                withoutComments(EncodedWords.oneLine(field.length() <= LONGEST ? field : field.substring(0, LONGEST)));
        try {
            return new MailDate().read(text);
        } catch (DateTimeException | NumberFormatException e) { // the 31st of June, an hour 25
            return Optional.empty();
        }
    }

    private static String withoutComments(String text) {
        var kept = new StringBuilder();
        var depth = 0;
        for (int at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            depth += letter == '(' ? 1 : 0;
            kept.append(depth == 0 ? letter : ' ');
            depth -= letter == ')' && depth > 0 ? 1 : 0;
        }
        return kept.toString();
    }

    private Optional<Instant> read(String text) {
        var plain = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("(\\d)\\s*:\\s*(\\d)", "$1:$2");
        Arrays.stream(plain.split("[\\s,]+")).filter(word -> !word.isEmpty()).forEach(this::take);
        if (day == 0 || month == 0 || year < 0 || time == null) {
            return Optional.empty();
        }
        var at = LocalDate.of(fullYear(), month, day).atTime(time);
        return Optional.of(
                OffsetDateTime.of(at, zone == null ? ZoneOffset.UTC : zone).toInstant());
    }

    /** Two digits are of this century up to 49 (RFC 5322, 4.3). */
    private int fullYear() {
        return year < 50 ? 2_000 + year : year < 1_000 ? 1_900 + year : year;
    }

    private void take(String word) {
        var iso = ISO.matcher(word);
        var dashed = DASHED.matcher(word);
        if (iso.matches() && year < 0 && day == 0) {
            year = number(iso.group(1));
            month = number(iso.group(2));
            day = number(iso.group(3));
            if (iso.group(4) != null) {
                takeIsoTime(iso.group(4));
            }
        } else if (dashed.matches() && day == 0) {
            day = number(dashed.group(1));
            month = monthOf(dashed.group(2));
            year = number(dashed.group(3));
        } else if (!takeTime(word) && !takeZone(word)) {
            takeDay(word);
        }
    }

    private void takeIsoTime(String text) {
        try {
            var at = OffsetDateTime.parse("2000-01-01T" + text.toUpperCase(Locale.ROOT));
            time = at.toLocalTime();
            zone = at.getOffset();
        } catch (DateTimeParseException e) {
            var sign = Math.max(text.indexOf('+'), text.indexOf('-'));
            if (takeTime(sign < 0 ? text : text.substring(0, sign)) && sign >= 0) {
                takeZone(text.substring(sign));
            }
        }
    }

    private boolean takeTime(String word) {
        var found = TIME.matcher(word);
        if (time == null && found.matches() && (word.indexOf(':') > 0 || found.group(3) != null)) {
            var half = found.group(4);
            var hour = number(found.group(1));
            var seconds = found.group(3) == null ? 0 : Math.min(59, number(found.group(3))); // a leap second
            time = LocalTime.of(
                    half == null ? hour : hour % 12 + (half.equals("pm") ? 12 : 0), number(found.group(2)), seconds);
            return true;
        }
        if ((word.equals("pm") || word.equals("p.m.")) && time != null && time.getHour() < 12) {
            time = time.plusHours(12);
            return true;
        }
        if ((word.equals("am") || word.equals("a.m.")) && time != null && time.getHour() == 12) {
            time = time.minusHours(12);
            return true;
        }
        return false;
    }

    private boolean takeZone(String word) {
        var offset = OFFSET.matcher(word);
        if (offset.matches() && time != null) {
            var minutes = number(offset.group(2)) * 60 + number(offset.group(3));
            if (zone == null || zone.equals(ZoneOffset.UTC)) {
                zone = ZoneOffset.ofTotalSeconds((offset.group(1).equals("-") ? -60 : 60) * minutes);
            }
            return true;
        }
        var hours = ZONES.get(word);
        if (hours != null && time != null) {
            zone = zone == null ? ZoneOffset.ofHours(hours) : zone;
            return true;
        }
        return false;
    }

    private void takeDay(String word) {
        if (word.matches("\\d{1,2}(st|nd|rd|th|\\.|º)?") && day == 0) {
            day = number(word.replaceAll("\\D", ""));
        } else if (word.matches("\\d{2,4}") && year < 0 && month > 0) {
            year = number(word);
        } else if (month == 0 && word.matches("\\p{L}{3,10}\\.?")) {
            month = monthOf(word);
        }
    }

    private static int monthOf(String word) {
        for (int month = 0; month < MONTHS.size(); month++) {
            if (Arrays.stream(MONTHS.get(month)).anyMatch(word::startsWith) && !isWeekday(word)) {
                return month + 1;
            }
        }
        return 0;
    }

    /** Martes, mardi, martedi and marzo begin alike. */
    private static boolean isWeekday(String word) {
        return word.matches("mar(te.*|di)|lun.*|set?[ei]m.*");
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
