package org.relevo.demonstration;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * The times of the story: {@code -14m} and {@code -3h} before now, {@code -2d 16:20} at that time of day two days ago, and
 * {@code +2d} the day after tomorrow, in the shop's zone.
 */
record StoryTime(Instant now, ZoneId zone) {

    /** The instant that {@code text} names; never after now. */
    Instant at(String text) {
        var space = text.indexOf(' ');
        if (space < 0) {
            return now.minus(Duration.parse("PT" + text.substring(1).toUpperCase(Locale.ROOT)));
        }
        var instant = day(text.substring(0, space))
                .atTime(LocalTime.parse(text.substring(space + 1)))
                .atZone(zone)
                .toInstant();
        return instant.isAfter(now) ? now.minusSeconds(60) : instant;
    }

    /** The day that {@code text} names. */
    LocalDate day(String text) {
        return LocalDate.ofInstant(now, zone).plusDays(Long.parseLong(text.replace("d", "")));
    }
}
