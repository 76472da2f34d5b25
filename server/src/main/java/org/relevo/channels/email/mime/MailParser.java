package org.relevo.channels.email.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentIdField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.dom.field.FieldName;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;
import org.springframework.stereotype.Component;

/**
 * Understands a mail with Mime4j in its permissive mode, within our own limits, decoding charsets ourselves (RFC 5322, 2045
 * to 2047, 2183, 2392).
 */
@Component
public class MailParser {

    private static final int MOST_PARTS = 500;
    private static final int DEEPEST = 30;
    private static final int LONGEST_TEXT = 1_000_000;
    private static final int LONGEST_SUBJECT = 400;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 254; // RFC 5321, 4.5.3.1.3
    private static final int MOST_ADDRESSES = 1_000;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,300}>");
    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxHeaderCount(2_000)
            .setMaxHeaderLen(1_000_000)
            .setMaxLineLen(-1)
            .setMaxContentLen(200L * 1024 * 1024)
            .setMalformedHeaderStartsBody(false)
            .build();

    /**
     * What there is to read, as plain text and as HTML.
     *
     * @param formatted whether some of it came as HTML
     */
    private record Words(String plain, String html, boolean formatted) {

        private static final Words NONE = new Words("", "", false);

        static Words plain(String text) {
            return new Words(text, Entities.escape(text).replace("\n", "<br>"), false);
        }

        static Words html(String html) {
            return new Words(HtmlText.of(html), html, true);
        }

        /** One after the other. */
        Words and(Words more) {
            return this.plain.isBlank()
                    ? more
                    : more.plain.isBlank() && !more.formatted
                            ? this
                            : new Words(
                                    plain + "\n\n" + more.plain,
                                    html + "<br><br>" + more.html,
                                    formatted || more.formatted);
        }

        /** Two forms of the same: the plain one to read, the formatted one to look at. */
        Words or(Words other) {
            return new Words(
                    formatted && !other.plain.isBlank() ? other.plain : plain.isBlank() ? other.plain : plain,
                    other.formatted ? other.html : html,
                    formatted || other.formatted);
        }
    }

    private static final class Content {
        private final List<ParsedMail.Part> parts = new ArrayList<>();
        private int seen;
    }

    /** What {@code raw} says. Never fails: what cannot be read is named in the result. */
    public ParsedMail parse(byte[] raw) {
        try {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(LIMITS);
            builder.setDecodeMonitor(DecodeMonitor.SILENT);
            var message = builder.parseMessage(new ByteArrayInputStream(raw));
            var content = new Content();
            var words = collect(message, content, 0);
            return shape(message, words, content.parts);
        } catch (IOException | RuntimeException | StackOverflowError e) { // Mime4j descends into nested comments
            return unreadable();
        }
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

    private static ParsedMail shape(Message message, Words words, List<ParsedMail.Part> parts) {
        var from = addresses(message, FieldName.FROM).stream()
                .findFirst()
                .or(() -> addresses(message, FieldName.SENDER).stream().findFirst());
        var delivered = Stream.concat(
                addresses(message, "Delivered-To").stream(), addresses(message, "X-Original-To").stream());
        return new ParsedMail(
                headers(message),
                ids(message, FieldName.MESSAGE_ID).stream().findFirst(),
                ids(message, "In-Reply-To"),
                ids(message, "References"),
                from,
                addresses(message, FieldName.REPLY_TO),
                addresses(message, FieldName.TO),
                addresses(message, FieldName.CC),
                delivered.map(ParsedMail.Address::address).toList(),
                subject(message),
                date(message),
                cut(words.plain().strip()),
                words.formatted() ? cut(words.html()) : null,
                parts,
                List.of(),
                ParsedMail.Protection.NONE,
                Optional.empty(),
                true);
    }

    private static Headers headers(Message message) {
        return new Headers(message.getHeader().getFields().stream()
                .map(field -> new Headers.Field(field.getName(), body(field)))
                .toList());
    }

    private static Words collect(Entity entity, Content content, int depth) throws IOException {
        if (depth > DEEPEST || ++content.seen > MOST_PARTS) {
            return Words.NONE;
        }
        return switch (entity.getBody()) {
            case Multipart multipart -> collectAll(multipart, content, depth);
            case Message inner -> attach(entity, forwarded(inner), "message/rfc822", content);
            case SingleBody body -> collectSingle(entity, body, content);
            case null, default -> Words.NONE;
        };
    }

    private static Words collectAll(Multipart multipart, Content content, int depth) throws IOException {
        var alternatives = "alternative".equalsIgnoreCase(multipart.getSubType());
        var all = Words.NONE;
        for (var part : multipart.getBodyParts()) {
            var words = collect(part, content, depth + 1);
            all = alternatives ? all.or(words) : all.and(words);
        }
        return all;
    }

    private static byte[] forwarded(Message inner) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new DefaultMessageWriter().writeMessage(inner, bytes);
        return bytes.toByteArray();
    }

    private static Words collectSingle(Entity entity, SingleBody body, Content content) throws IOException {
        var type = type(entity);
        byte[] bytes;
        try (var stream = body.getInputStream()) {
            bytes = stream.readAllBytes();
        }
        var shown = !isAttachment(entity) && fileName(entity).isEmpty();
        if (shown && type.equals("text/plain")) {
            return Words.plain(cut(Charsets.decode(bytes, charset(entity))));
        }
        return shown && type.equals("text/html")
                ? Words.html(cut(Charsets.decode(bytes, charset(entity))))
                : attach(entity, bytes, type, content);
    }

    private static Words attach(Entity entity, byte[] bytes, String type, Content content) {
        var id = entity.getHeader().getField(FieldName.CONTENT_ID) instanceof ContentIdField field
                ? field.getId()
                : null;
        var contentId = id == null ? null : Charsets.clean(id).replaceAll("^<|>$", "");
        var name = fileName(entity).orElseGet(() -> "message/rfc822".equals(type) ? "message.eml" : nameFor(type));
        content.parts.add(
                new ParsedMail.Part(name, type, bytes, contentId != null && !isAttachment(entity), contentId, null));
        return Words.NONE;
    }

    private static String nameFor(String type) {
        var ending = type.substring(type.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
        return "file." + (ending.isEmpty() || ending.length() > 5 ? "bin" : ending);
    }

    private static String type(Entity entity) {
        var type = entity.getMimeType() == null
                ? "text/plain"
                : entity.getMimeType().toLowerCase(Locale.ROOT);
        return type.matches("[\\w.+-]{1,60}/[\\w.+-]{1,80}") ? type : "application/octet-stream";
    }

    private static @Nullable String charset(Entity entity) {
        return entity.getHeader().getField(FieldName.CONTENT_TYPE) instanceof ContentTypeField field
                ? field.getParameter("charset")
                : null;
    }

    private static boolean isAttachment(Entity entity) {
        return entity.getDispositionType() != null
                && entity.getDispositionType().equalsIgnoreCase("attachment");
    }

    private static Optional<String> fileName(Entity entity) {
        var named = entity.getHeader().getField(FieldName.CONTENT_DISPOSITION) instanceof ContentDispositionField field
                ? field.getFilename()
                : null;
        if (named == null && entity.getHeader().getField(FieldName.CONTENT_TYPE) instanceof ContentTypeField field) {
            named = field.getParameter("name");
        }
        return Optional.ofNullable(named).map(MailParser::oneLine).filter(name -> !name.isEmpty());
    }

    private static String subject(Message message) {
        var field = message.getHeader().getField(FieldName.SUBJECT);
        var subject = field == null ? "" : oneLine(body(field));
        return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT) + "…";
    }

    private static Optional<Instant> date(Message message) {
        return Optional.ofNullable(message.getDate()).map(Date::toInstant);
    }

    private static List<String> ids(Message message, String header) {
        return message.getHeader().getFields(header).stream()
                .flatMap(field -> MESSAGE_ID.matcher(body(field)).results())
                .map(found -> found.group())
                .toList();
    }

    private static List<ParsedMail.Address> addresses(Message message, String header) {
        var found = new ArrayList<ParsedMail.Address>();
        for (Field field : message.getHeader().getFields(header)) {
            var list = LenientAddressParser.DEFAULT.parseAddressList(body(field));
            list.flatten().stream()
                    .limit(MOST_ADDRESSES)
                    .filter(address -> address.getDomain() != null
                            && !address.getLocalPart().isEmpty())
                    .filter(address -> address.getAddress().length() <= LONGEST_ADDRESS)
                    .map(address -> new ParsedMail.Address(
                            name(address.getName()),
                            Charsets.clean(address.getAddress()).toLowerCase(Locale.ROOT)))
                    .forEach(found::add);
        }
        return found;
    }

    /** A header's value; raw 8-bit bytes in it are read as text, not as marks. */
    private static String body(Field field) {
        var raw = field.getRaw();
        if (raw == null) {
            return field.getBody() == null ? "" : field.getBody();
        }
        var text = Charsets.decode(raw.toByteArray(), null).replaceAll("\n[ \t]", " ");
        return text.substring(text.indexOf(':') + 1).strip();
    }

    private static String name(@Nullable String given) {
        var name = given == null ? "" : oneLine(given);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static String oneLine(String header) {
        return EncodedWords.decode(header).replaceAll("[\\s\\p{Cc}]+", " ").strip();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "\n…";
    }
}
