package org.relevo.channels.email.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Component;

/**
 * Understands a mail, whatever is wrong with it, within bounds: at most 20 levels, 1 000 parts, 200 files and 256 KiB of header are
 * read (RFC 5322, 2045 to 2047, 2183, 2231, 2392). What is beyond stays in the source, and the result says so.
 */
@Component
public class MailParser {

    private static final int LONGEST_SUBJECT = 400;
    private static final int MOST_IDS = 100;
    private static final int LONGEST_ID = 300;
    private static final int MOST_MAILBOXES = 1_000;

    /** An id between angle brackets; programs break long ones over lines and put comments in. */
    private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,1000})>");

    private static final Pattern BARE_ID = Pattern.compile("[^\\s<>,;@()]{1,200}@[^\\s<>,;()]{1,200}");

    /** What {@code raw} says. Never fails: what cannot be read is named in the result. */
    public ParsedMail parse(byte[] raw) {
        try {
            return read(raw);
        } catch (RuntimeException | StackOverflowError e) { // our fault: the mail is kept and shown as its source
            return unreadable();
        }
    }

    /** The same, without the net below it. */
    static ParsedMail read(byte[] mail) {
        var raw = withLines(mail);
        var tree = MimeTree.of(raw);
        var bodies = Bodies.of(tree);
        return shape(tree.header().headers(), bodies, problem(raw, tree, bodies), !isBlank(raw));
    }

    /** Some programs end lines with nothing but a carriage return. */
    private static byte[] withLines(byte[] raw) {
        if (Bytes.indexOf(raw, (byte) '\n', 0) >= 0 || Bytes.indexOf(raw, (byte) '\r', 0) < 0) {
            return raw;
        }
        var lines = raw.clone();
        for (int at = 0; at < lines.length; at++) {
            lines[at] = lines[at] == '\r' ? (byte) '\n' : lines[at];
        }
        return lines;
    }

    private static @Nullable Reason problem(byte[] raw, MimeTree tree, Bodies bodies) {
        if (isBlank(raw)) {
            return Reason.of("mail.empty");
        }
        if (!tree.header().headed()) {
            return Reason.of("mail.without-headers");
        }
        if (bodies.tooDeep()) {
            return Reason.of("mail.limits-depth", String.valueOf(MimeTree.DEEPEST));
        }
        if (bodies.tooMany()) {
            return Reason.of("mail.limits-parts", String.valueOf(MimeTree.MOST_PARTS));
        }
        if (bodies.tooManyFiles()) {
            return Reason.of("mail.limits-files", String.valueOf(Bodies.MOST_FILES));
        }
        if (!tree.header().complete()) {
            return Reason.of("mail.limits-header");
        }
        return bodies.words().isCut() ? Reason.of("mail.limits-text") : null;
    }

    private static boolean isBlank(byte[] raw) {
        for (var one : raw) {
            if (one != 0 && one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                return false;
            }
        }
        return true;
    }

    private static ParsedMail unreadable() {
        return new ParsedMail(
                Headers.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                Optional.empty(),
                "",
                null,
                List.of(),
                List.of(),
                ParsedMail.Protection.NONE,
                Optional.of(Reason.of("thread.unreadable")),
                false);
    }

    static ParsedMail shape(Headers headers, Bodies bodies, @Nullable Reason problem, boolean readable) {
        var words = bodies.words();
        var delivered = new ArrayList<>(mailboxes(headers, "Delivered-To"));
        delivered.addAll(mailboxes(headers, "X-Original-To"));
        return new ParsedMail(
                headers,
                ids(headers, "Message-ID").stream().findFirst(),
                ids(headers, "In-Reply-To"),
                ids(headers, "References"),
                author(headers),
                mailboxes(headers, "Reply-To"),
                mailboxes(headers, "To"),
                mailboxes(headers, "Cc"),
                delivered.stream().map(ParsedMail.Address::address).distinct().toList(),
                subject(headers),
                headers.all("Date").stream()
                        .map(MailDate::of)
                        .flatMap(Optional::stream)
                        .findFirst(),
                words.text().strip(),
                words.html().isBlank() ? null : words.html(),
                bodies.files(),
                bodies.invitations(),
                bodies.protection(),
                Optional.ofNullable(problem),
                readable);
    }

    private static Optional<ParsedMail.Address> author(Headers headers) {
        return headers.all("From").stream()
                .flatMap(field -> AddressList.authors(field).stream())
                .findFirst()
                .or(() -> mailboxes(headers, "Sender").stream().findFirst());
    }

    private static List<ParsedMail.Address> mailboxes(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(field -> AddressList.of(field).stream())
                .limit(MOST_MAILBOXES)
                .toList();
    }

    private static String subject(Headers headers) {
        var subject = headers.all("Subject").stream()
                .map(EncodedWords::oneLine)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return subject.length() <= LONGEST_SUBJECT
                ? subject
                : Charsets.clean(subject.substring(0, LONGEST_SUBJECT)) + "…";
    }

    /** The ids of a field, the last hundred where there are more; without brackets they are taken for what they are. */
    private static List<String> ids(Headers headers, String name) {
        var written = new ArrayList<String>();
        for (var field : headers.all(name)) {
            BRACKETED.matcher(field).results().map(found -> found.group(1)).forEach(written::add);
        }
        if (written.isEmpty()) {
            headers.all(name)
                    .forEach(field -> BARE_ID.matcher(field)
                            .results()
                            .map(MatchResult::group)
                            .forEach(written::add));
        }
        return written.subList(Math.max(0, written.size() - MOST_IDS), written.size()).stream()
                .map(MailParser::id)
                .filter(id -> id.length() > 2 && id.length() <= LONGEST_ID)
                .toList();
    }

    private static String id(String written) {
        return "<" + written.replaceAll("\\([^()]*\\)|[\\s\\p{Cc}]+", "") + ">";
    }
}
