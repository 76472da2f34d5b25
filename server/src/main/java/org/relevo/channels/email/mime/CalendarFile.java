package org.relevo.channels.email.mime;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a calendar part (RFC 5545), each as an invitation (RFC 5546). Rules of recurrence are not followed, so that none can
 * run for ever; a time zone is told by its name, or by the only offset that its definition has.
 */
final class CalendarFile {

    private static final int MOST_EVENTS = 50;
    private static final int MOST_ATTENDEES = 100;
    private static final int MOST_LINES = 20_000;
    private static final int LONGEST = 2_000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    /** What Outlook calls zones (CLDR windowsZones): Europe, America and the larger ones elsewhere. */
    private static final Map<String, String> WINDOWS_ZONES = Map.ofEntries(
            Map.entry("utc", "UTC"),
            Map.entry("gmt standard time", "Europe/London"),
            Map.entry("greenwich standard time", "Atlantic/Reykjavik"),
            Map.entry("romance standard time", "Europe/Paris"),
            Map.entry("w. europe standard time", "Europe/Berlin"),
            Map.entry("central europe standard time", "Europe/Budapest"),
            Map.entry("central european standard time", "Europe/Warsaw"),
            Map.entry("e. europe standard time", "Europe/Chisinau"),
            Map.entry("fle standard time", "Europe/Kiev"),
            Map.entry("gtb standard time", "Europe/Bucharest"),
            Map.entry("turkey standard time", "Europe/Istanbul"),
            Map.entry("russian standard time", "Europe/Moscow"),
            Map.entry("israel standard time", "Asia/Jerusalem"),
            Map.entry("egypt standard time", "Africa/Cairo"),
            Map.entry("south africa standard time", "Africa/Johannesburg"),
            Map.entry("morocco standard time", "Africa/Casablanca"),
            Map.entry("arabian standard time", "Asia/Dubai"),
            Map.entry("arab standard time", "Asia/Riyadh"),
            Map.entry("india standard time", "Asia/Kolkata"),
            Map.entry("china standard time", "Asia/Shanghai"),
            Map.entry("singapore standard time", "Asia/Singapore"),
            Map.entry("tokyo standard time", "Asia/Tokyo"),
            Map.entry("korea standard time", "Asia/Seoul"),
            Map.entry("aus eastern standard time", "Australia/Sydney"),
            Map.entry("new zealand standard time", "Pacific/Auckland"),
            Map.entry("eastern standard time", "America/New_York"),
            Map.entry("central standard time", "America/Chicago"),
            Map.entry("mountain standard time", "America/Denver"),
            Map.entry("us mountain standard time", "America/Phoenix"),
            Map.entry("pacific standard time", "America/Los_Angeles"),
            Map.entry("atlantic standard time", "America/Halifax"),
            Map.entry("central standard time (mexico)", "America/Mexico_City"),
            Map.entry("sa pacific standard time", "America/Bogota"),
            Map.entry("sa western standard time", "America/La_Paz"),
            Map.entry("pacific sa standard time", "America/Santiago"),
            Map.entry("venezuela standard time", "America/Caracas"),
            Map.entry("argentina standard time", "America/Buenos_Aires"),
            Map.entry("e. south america standard time", "America/Sao_Paulo"));

    /** A content line (RFC 5545, 3.1). */
    private record Line(String name, Map<String, String> parameters, String value) {}

    private static final class Event {
        private final Map<String, Line> fields = new HashMap<>();
        private final List<String> attendees = new ArrayList<>();
        private @Nullable String answer;
    }

    private final List<Event> events = new ArrayList<>();
    private final Map<String, ZoneOffset> offsets = new HashMap<>();
    private final List<String> ambiguous = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private String method = "";
    private String zone = "";
    private @Nullable Event event;

    private CalendarFile() {}

    /**
     * @param fallback the method that the part's Content-Type names
     * @return none when {@code text} is no calendar or says nothing that can be understood
     */
    static List<ParsedMail.Invitation> events(String text, String fallback) {
        var calendar = new CalendarFile();
        unfolded(text).stream().limit(MOST_LINES).forEach(calendar::take);
        var method = (calendar.method.isEmpty() ? fallback : calendar.method).toUpperCase(Locale.ROOT);
        return calendar.events.stream()
                .filter(event -> event.fields.containsKey("DTSTART")
                        || event.fields.containsKey("UID")
                        || event.fields.containsKey("SUMMARY"))
                .map(event -> calendar.invitation(event, method.isEmpty() ? "PUBLISH" : method))
                .toList();
    }

    private static List<String> unfolded(String text) {
        var lines = new ArrayList<StringBuilder>();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            if (!lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
                lines.getLast().append(line, 1, Math.min(line.length(), LONGEST));
            } else if (lines.size() < MOST_LINES && !line.isBlank()) {
                lines.add(new StringBuilder(line));
            }
        }
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private void take(String text) {
        var line = line(text);
        var value = line.value().strip().toUpperCase(Locale.ROOT);
        switch (line.name()) {
            case "BEGIN" -> begin(value);
            case "END" -> end(value);
            default -> field(line);
        }
    }

    private void begin(String component) {
        if (open.size() < 10) {
            open.add(component);
        }
        if (component.equals("VEVENT") && events.size() < MOST_EVENTS) {
            event = new Event();
            events.add(event);
        }
    }

    private void end(String component) {
        if (component.equals("VEVENT")) {
            event = null;
        }
        if (!open.isEmpty() && open.contains(component)) {
            while (!open.removeLast().equals(component)) {
                continue; // what was never closed ends with what is around it
            }
        }
    }

    private void field(Line line) {
        var within = open.isEmpty() ? "" : open.getLast();
        if (event != null && within.equals("VEVENT")) {
            eventField(event, line);
        } else if (within.equals("VCALENDAR") && line.name().equals("METHOD")) {
            method = line.value().strip();
        } else if (within.equals("VTIMEZONE") && line.name().equals("TZID")) {
            zone = line.value().strip();
        } else if (line.name().equals("TZOFFSETTO") && !zone.isEmpty()) {
            offset(line.value().strip());
        }
    }

    private void offset(String written) {
        try {
            var offset = ZoneOffset.of(written);
            var before = offsets.putIfAbsent(zone, offset);
            if (before != null && !before.equals(offset)) {
                ambiguous.add(zone);
            }
        } catch (DateTimeException e) {
            ambiguous.add(zone);
        }
    }

    private static void eventField(Event event, Line line) {
        if (!line.name().equals("ATTENDEE")) {
            event.fields.putIfAbsent(line.name(), line);
            return;
        }
        if (event.attendees.size() < MOST_ATTENDEES) {
            event.attendees.add(person(line));
        }
        var answer = line.parameters().get("PARTSTAT");
        event.answer = event.answer == null && answer != null ? answer.toUpperCase(Locale.ROOT) : event.answer;
    }

    private ParsedMail.Invitation invitation(Event event, String method) {
        var status = method.equals("REPLY") ? event.answer : null;
        var organizer = event.fields.get("ORGANIZER");
        return new ParsedMail.Invitation(
                method,
                text(event, "UID"),
                text(event, "SUMMARY"),
                moment(event.fields.get("DTSTART")),
                end(event),
                text(event, "LOCATION"),
                organizer == null ? null : person(organizer),
                List.copyOf(event.attendees),
                status != null ? status : text(event, "STATUS"));
    }

    private @Nullable String end(Event event) {
        var end = event.fields.get("DTEND");
        var start = event.fields.get("DTSTART");
        var lasts = event.fields.get("DURATION");
        if (end != null || start == null || lasts == null) {
            return moment(end);
        }
        try {
            var from = OffsetDateTime.parse(String.valueOf(moment(start)));
            var weeks = lasts.value().strip().replaceAll("P(\\d{1,3})W", "P$1D");
            var span = Duration.parse(weeks);
            return from.plus(weeks.equals(lasts.value().strip()) ? span : span.multipliedBy(7))
                    .toString();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** As far as it can be told: an instant with its offset, a whole day, or what is written. */
    private @Nullable String moment(@Nullable Line line) {
        if (line == null || line.value().isBlank()) {
            return null;
        }
        var written = line.value().strip();
        try {
            if (written.matches("\\d{8}")) {
                return LocalDate.parse(written, DateTimeFormatter.BASIC_ISO_DATE)
                        .toString();
            }
            var local = LocalDateTime.parse(written.replace("Z", ""), STAMP);
            return (written.endsWith("Z") ? Optional.of(local.atOffset(ZoneOffset.UTC)) : zoned(local, line))
                    .map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format)
                    .orElse(Charsets.clean(written));
        } catch (DateTimeParseException e) {
            return bounded(written);
        }
    }

    private Optional<OffsetDateTime> zoned(LocalDateTime local, Line line) {
        var name = line.parameters().get("TZID");
        if (name == null) {
            return Optional.empty();
        }
        var offset = offsets.get(name);
        return zone(name)
                .map(zone -> local.atZone(zone).toOffsetDateTime())
                .or(() -> offset == null || ambiguous.contains(name)
                        ? Optional.empty()
                        : Optional.of(local.atOffset(offset)));
    }

    /** Names have paths before them in some programs ("/example.org/20260101_1/Europe/Madrid"). */
    private static Optional<ZoneId> zone(String name) {
        var plain = name.strip().replaceAll("^/.*/(\\w+/\\w+)$", "$1");
        try {
            return Optional.of(ZoneId.of(WINDOWS_ZONES.getOrDefault(plain.toLowerCase(Locale.ROOT), plain)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Event event, String name) {
        var line = event.fields.get(name);
        var text = line == null ? "" : unescaped(line.value()).strip();
        return text.isEmpty() ? null : bounded(text);
    }

    /** The address; the name where there is none. */
    private static String person(Line line) {
        var address = line.value().strip().replaceFirst("(?i)^mailto:", "");
        var name = line.parameters().get("CN");
        return bounded(address.contains("@") || name == null ? address : name);
    }

    private static String bounded(String text) {
        var clean = Charsets.clean(text);
        return clean.length() <= LONGEST ? clean : Charsets.clean(clean.substring(0, LONGEST)) + "…";
    }

    private static String unescaped(String value) {
        var text = new StringBuilder(value.length());
        for (int at = 0; at < value.length(); at++) {
            var letter = value.charAt(at);
            if (letter == '\\' && at + 1 < value.length()) {
                var next = value.charAt(++at);
                text.append(next == 'n' || next == 'N' ? '\n' : next);
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }

    private static Line line(String text) {
        var parameters = new HashMap<String, String>();
        var name = new StringBuilder();
        var at = 0;
        while (at < text.length() && ":;".indexOf(text.charAt(at)) < 0) {
            name.append(text.charAt(at++));
        }
        while (at < text.length() && text.charAt(at) == ';') {
            var quoted = false;
            var start = ++at;
            while (at < text.length() && (quoted || ":;".indexOf(text.charAt(at)) < 0)) {
                quoted ^= text.charAt(at++) == '"';
            }
            var parameter = text.substring(start, at);
            var equals = parameter.indexOf('=');
            if (equals > 0 && parameters.size() < 50) {
                parameters.putIfAbsent(
                        parameter.substring(0, equals).toUpperCase(Locale.ROOT),
                        parameter.substring(equals + 1).replace("\"", ""));
            }
        }
        return new Line(
                name.toString().strip().toUpperCase(Locale.ROOT),
                parameters,
                at < text.length() ? text.substring(at + 1) : "");
    }
}
