package org.relevo.channels.email.automatic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.relevo.channels.email.mime.Headers;
import org.relevo.channels.email.mime.ParsedMail;

/**
 * What a mail system wrote about a mail, apart from the copy of that mail which often follows.
 *
 * @param lines its own words
 * @param original the header fields of the mail that it is about; none when it does not repeat them
 * @param copied whether it carries that mail, or the header of it
 * @param copy that mail, as far as it stands in the text
 */
record Notice(List<String> lines, Headers original, boolean copied, List<String> copy) {

    private static final int MOST_LINES = 3_000;
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_BLOCKS = 4;
    private static final int LINES_TO_A_HEADER = 4;
    private static final Set<String> COPIES = Set.of(
            "message/rfc822", "message/global", "message/partial", "text/rfc822-headers", "message/global-headers");
    private static final Set<String> TRACES = Set.of("received", "return-path", "delivered-to", "dkim-signature");
    private static final List<String> MARKERS = List.of(
            "original message",
            "original mail",
            "original e-mail",
            "copy of the message",
            "copy of the original",
            "copy of your message",
            "message header",
            "header of the",
            "headers of the",
            "unsent message",
            "returned message",
            "message follows",
            "mail follows",
            "message text",
            "text of the message",
            "mensaje original",
            "mensagem original",
            "message d'origine",
            "message original",
            "messaggio originale",
            "ursprüngliche nachricht",
            "originalnachricht",
            "oorspronkelijk bericht");

    static Notice in(ParsedMail mail) {
        var lines = mail.text().lines().limit(MOST_LINES).map(Notice::cut).toList();
        var end = beginOfCopy(lines);
        var copy = end < lines.size() ? withMarker(lines, end) : List.<String>of();
        var attached = attached(mail);
        return new Notice(
                lines.subList(0, end),
                attached.orElseGet(() -> copy.isEmpty() ? runInto(mail) : quoted(copy)),
                attached.isPresent() || end < lines.size(),
                copy);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
    }

    /** The marker itself may already be the first line of the header. */
    private static List<String> withMarker(List<String> lines, int end) {
        return lines.subList(isTrace(lines.get(end)) ? end : end + 1, lines.size());
    }

    private static Optional<Headers> attached(ParsedMail mail) {
        return mail.parts().stream()
                .filter(part -> COPIES.contains(part.type()) || isListOfHeaders(part))
                .findFirst()
                .map(part -> merged(FieldBlocks.in(part.content())));
    }

    /** Where a boundary is broken the header of the original runs into the status part. */
    private static Headers runInto(ParsedMail mail) {
        return mail.parts().stream()
                .filter(DeliveryReport::isPart)
                .flatMap(part -> FieldBlocks.in(part.content()).stream())
                .filter(block -> block.first("Message-ID").isPresent())
                .findFirst()
                .orElse(Headers.NONE);
    }

    private static boolean isListOfHeaders(ParsedMail.Part part) {
        return part.type().equals("text/plain")
                && part.name().toLowerCase(Locale.ROOT).contains("header");
    }

    /** Some begin with an empty line: the first group that a mail could begin with. */
    private static Headers merged(List<Headers> blocks) {
        return blocks.stream()
                .limit(3)
                .filter(block -> block.first("Message-ID").isPresent())
                .findFirst()
                .orElseGet(() -> blocks.isEmpty() ? Headers.NONE : blocks.getFirst());
    }

    private static Headers quoted(List<String> lines) {
        var fields = new ArrayList<Headers.Field>();
        var unindented = lines.stream().anyMatch(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)));
        var flat = unindented ? lines : lines.stream().map(String::strip).toList();
        FieldBlocks.in(flat).stream().limit(MOST_BLOCKS).forEach(block -> fields.addAll(block.fields()));
        return new Headers(List.copyOf(fields));
    }

    private static int beginOfCopy(List<String> lines) {
        for (var i = 0; i < lines.size(); i++) {
            if (isTrace(lines.get(i)) || isMarker(lines, i)) {
                return i;
            }
        }
        return lines.size();
    }

    private static boolean isTrace(String line) {
        var text = line.stripLeading();
        return FieldBlocks.isField(text)
                && TRACES.contains(text.substring(0, text.indexOf(':')).strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isMarker(List<String> lines, int at) {
        var line = lines.get(at).strip().toLowerCase(Locale.ROOT);
        if (line.length() > 150 || line.indexOf('@') >= 0 || MARKERS.stream().noneMatch(line::contains)) {
            return false;
        }
        return isDecorated(line) || (line.endsWith(":") || line.endsWith(".")) && isBeforeHeader(lines, at);
    }

    private static boolean isDecorated(String line) {
        return line.startsWith("---") || line.startsWith("|--") || line.startsWith("***") || line.startsWith("===");
    }

    private static boolean isBeforeHeader(List<String> lines, int at) {
        return lines.subList(at + 1, Math.min(lines.size(), at + 1 + LINES_TO_A_HEADER)).stream()
                .map(String::stripLeading)
                .anyMatch(((Predicate<String>) FieldBlocks::isField).or(line -> line.startsWith("From ")));
    }

    /** The mail that it repeats in its text, to be read as a mail. */
    Optional<byte[]> quotedCopy() {
        return copy.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("\n", copy).getBytes(UTF_8));
    }

    /** Its own words on one line, in lower case, for looking up phrases. */
    String words() {
        return String.join(" ", lines).toLowerCase(Locale.ROOT);
    }

    /** The id of the mail that it is about, with angle brackets. */
    Optional<String> originalMessageId() {
        return original.first("Message-ID")
                .flatMap(Notice::id)
                .or(() -> lines.stream()
                        .map(String::strip)
                        .filter(line -> line.regionMatches(true, 0, "message-id:", 0, 11))
                        .findFirst()
                        .flatMap(line -> id(line.substring(11))));
    }

    private static Optional<String> id(String value) {
        var open = value.indexOf('<');
        var close = value.indexOf('>', open + 1);
        var bare = open >= 0 && close > open + 1 ? value.substring(open + 1, close) : value;
        var id = bare.replace("<", "").replace(">", "").strip();
        return id.isEmpty() || id.length() > 500 ? Optional.empty() : Optional.of("<" + id.replace(" ", "") + ">");
    }
}
