package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Outlook packed into winmail.dat (MS-OXTNEF): its body and its files, also objects and whole messages among them. Everything is
 * a range of what came in: nothing that the stream says about sizes is believed before it is there, and what is broken ends the
 * reading, not what was read.
 *
 * @param text the body as plain text, empty if there is none
 * @param html the body as HTML, likewise
 */
record Tnef(String subject, String text, String html, List<File> files) {

    /** A file within. */
    record File(
            @Nullable String name,
            @Nullable String type,
            byte[] content,
            @Nullable String contentId,
            @Nullable String contentLocation) {}

    private static final int SIGNATURE = 0x223e9f78;
    private static final int DEEPEST = 4;
    private static final int MOST_FILES = 200;
    private static final int MOST_PROPERTIES = 5_000;

    private static final int OEM_CODEPAGE = 0x9007;
    private static final int SUBJECT = 0x8004;
    private static final int BODY = 0x800c;
    private static final int MESSAGE_PROPERTIES = 0x9003;
    private static final int ATTACHMENT_BEGINS = 0x9002;
    private static final int ATTACHMENT_TITLE = 0x8010;
    private static final int ATTACHMENT_DATA = 0x800f;
    private static final int ATTACHMENT_PROPERTIES = 0x9005;

    private static final int PR_SUBJECT = 0x0037;
    private static final int PR_BODY = 0x1000;
    private static final int PR_RTF_COMPRESSED = 0x1009;
    private static final int PR_HTML = 0x1013;
    private static final int PR_DISPLAY_NAME = 0x3001;
    private static final int PR_ATTACH_DATA = 0x3701;
    private static final int PR_ATTACH_FILENAME = 0x3704;
    private static final int PR_ATTACH_LONG_FILENAME = 0x3707;
    private static final int PR_ATTACH_MIME_TAG = 0x370e;
    private static final int PR_ATTACH_CONTENT_ID = 0x3712;
    private static final int PR_ATTACH_CONTENT_LOCATION = 0x3713;
    private static final int PR_INTERNET_CODEPAGE = 0x3fde;

    private static final int UNICODE = 0x1f;
    private static final int OBJECT = 0x0d;

    static boolean isOne(byte[] bytes) {
        return bytes.length > 6
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == SIGNATURE;
    }

    /** What {@code bytes} hold; empty when they are no such stream. */
    static Optional<Tnef> read(byte[] bytes) {
        return read(bytes, 0);
    }

    private static Optional<Tnef> read(byte[] bytes, int depth) {
        return isOne(bytes) && depth < DEEPEST ? Optional.of(new Reading(bytes, depth).read()) : Optional.empty();
    }

    /** A MAPI property: its first value. */
    private record Property(int type, byte[] value) {}

    private static final class Attachment {
        private byte @Nullable [] title;
        private byte @Nullable [] data;
        private Map<Integer, Property> properties = Map.of();
    }

    private static final class Reading {
        private final ByteBuffer stream;
        private final int depth;
        private final List<Attachment> attachments = new ArrayList<>();
        private Map<Integer, Property> properties = Map.of();
        private byte @Nullable [] subject;
        private byte @Nullable [] body;
        private String codepage = "windows-1252";

        Reading(byte[] bytes, int depth) {
            this.stream = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(6);
            this.depth = depth;
        }

        Tnef read() {
            while (stream.remaining() >= 9) {
                var level = stream.get();
                var id = stream.getInt() & 0xffff;
                var length = Integer.toUnsignedLong(stream.getInt());
                var whole = length <= stream.remaining();
                var data = slice((int) Math.min(length, stream.remaining()));
                if (level != 1 && level != 2) {
                    break;
                }
                take(id, data);
                if (!whole || stream.remaining() < 2) {
                    break;
                }
                stream.getShort(); // a checksum, which many programs get wrong
            }
            return content();
        }

        private byte[] slice(int length) {
            var bytes = new byte[length];
            stream.get(bytes);
            return bytes;
        }

        private void take(int id, byte[] data) {
            switch (id) {
                case OEM_CODEPAGE -> codepage = data.length >= 4 ? codepage(little(data)) : codepage;
                case SUBJECT -> subject = data;
                case BODY -> body = data;
                case MESSAGE_PROPERTIES -> properties = properties(data);
                case ATTACHMENT_BEGINS -> begin();
                case ATTACHMENT_TITLE -> last().title = data;
                case ATTACHMENT_DATA -> last().data = data;
                case ATTACHMENT_PROPERTIES -> last().properties = properties(data);
                default -> {} // dates, priorities: the mail says them itself
            }
        }

        private static int little(byte[] data) {
            return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }

        private void begin() {
            if (attachments.size() < MOST_FILES) {
                attachments.add(new Attachment());
            }
        }

        private Attachment last() {
            if (attachments.isEmpty()) {
                attachments.add(new Attachment());
            }
            return attachments.getLast();
        }

        private Tnef content() {
            var internet = properties.get(PR_INTERNET_CODEPAGE);
            var html = properties.get(PR_HTML);
            var rich = Optional.ofNullable(properties.get(PR_RTF_COMPRESSED))
                    .flatMap(packed -> CompressedRtf.unpacked(packed.value()))
                    .map(RichText::of);
            var shown = html != null
                    ? html.type() == UNICODE
                            ? text(html)
                            : Charsets.decodeHtml(
                                    html.value(),
                                    internet == null || internet.value().length < 4
                                            ? null
                                            : codepage(little(internet.value())))
                    : rich.filter(RichText::html).map(RichText::content).orElse("");
            var plain =
                    properties.containsKey(PR_BODY) ? text(properties.get(PR_BODY)) : body == null ? "" : text(body);
            return new Tnef(
                    properties.containsKey(PR_SUBJECT)
                            ? text(properties.get(PR_SUBJECT))
                            : subject == null ? "" : text(subject),
                    plain.isBlank() && shown.isBlank()
                            ? rich.map(RichText::content).orElse("")
                            : plain,
                    shown,
                    attachments.stream()
                            .map(this::file)
                            .flatMap(Optional::stream)
                            .toList());
        }

        private Optional<File> file(Attachment attachment) {
            var known = attachment.properties;
            var data = known.get(PR_ATTACH_DATA);
            var name = name(attachment);
            if (data != null && data.type() == OBJECT) {
                return Optional.of(object(name, data.value()));
            }
            var bytes = data != null ? data.value() : attachment.data;
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(new File(
                            name,
                            optional(known.get(PR_ATTACH_MIME_TAG)),
                            bytes,
                            optional(known.get(PR_ATTACH_CONTENT_ID)),
                            optional(known.get(PR_ATTACH_CONTENT_LOCATION))));
        }

        private @Nullable String name(Attachment attachment) {
            for (var id : List.of(PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME)) {
                var name = optional(attachment.properties.get(id));
                if (name != null) {
                    return name;
                }
            }
            var title = attachment.title == null ? "" : text(attachment.title).strip();
            return title.isEmpty() ? optional(attachment.properties.get(PR_DISPLAY_NAME)) : title;
        }

        /** An object begins with the id of its interface: a message is a stream of this kind again, the rest is as it is. */
        private File object(@Nullable String name, byte[] value) {
            var content = value.length > 16 ? Arrays.copyOfRange(value, 16, value.length) : value;
            var message = Tnef.read(content, depth + 1);
            if (message.isEmpty()) {
                return new File(name, null, content, null, null);
            }
            var title = message.get().subject().isBlank()
                    ? name == null ? "message" : name
                    : message.get().subject();
            var file = title.replaceAll("[/\\\\\\p{Cc}]", " ").strip();
            return new File(
                    file.endsWith(".eml") ? file : file + ".eml",
                    "message/rfc822",
                    WrittenMail.of(message.get()),
                    null,
                    null);
        }

        private @Nullable String optional(@Nullable Property property) {
            var text = property == null ? "" : text(property).strip();
            return text.isEmpty() ? null : text;
        }

        private String text(@Nullable Property property) {
            if (property == null) {
                return "";
            }
            return property.type() == UNICODE
                    ? ended(Charsets.clean(ended(new String(property.value(), UTF_16LE))))
                    : text(property.value());
        }

        private String text(byte[] bytes) {
            var end = Bytes.indexOf(bytes, (byte) 0, 0);
            return Charsets.decode(end < 0 ? bytes : Arrays.copyOf(bytes, end), codepage);
        }

        private static String ended(String text) {
            var end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }

        private static String codepage(int number) {
            return number == 65_001
                    ? "utf-8"
                    : number == 20_127
                            ? "us-ascii"
                            : number >= 874 && number <= 1_258
                                    ? number < 1_000 ? codepageOfDos(number) : "windows-" + number
                                    : number >= 28_591 && number <= 28_605
                                            ? "iso-8859-" + (number - 28_590)
                                            : number == 20_866 ? "koi8-r" : "windows-1252";
        }

        private static String codepageOfDos(int number) {
            return switch (number) {
                case 932 -> "shift_jis";
                case 936 -> "gbk";
                case 949 -> "euc-kr";
                case 950 -> "big5";
                default -> "windows-874";
            };
        }

        /** MAPI properties (MS-OXTNEF 2.1.3.4); the first value of each. What stands before a fault counts. */
        private static Map<Integer, Property> properties(byte[] data) {
            var found = new HashMap<Integer, Property>();
            var stream = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            if (data.length < 4) {
                return found;
            }
            for (int left = Math.clamp(stream.getInt(), 0, MOST_PROPERTIES);
                    left > 0 && stream.remaining() >= 4;
                    left--) {
                var type = stream.getShort() & 0xffff;
                var id = stream.getShort() & 0xffff;
                if (id >= 0x8000 && !skipName(stream)) {
                    break;
                }
                var value = value(type, stream);
                if (value == null) {
                    break;
                }
                found.putIfAbsent(id, new Property(type & 0xfff, value));
            }
            return found;
        }

        private static boolean skipName(ByteBuffer stream) {
            if (stream.remaining() < 24) {
                return false;
            }
            stream.position(stream.position() + 16);
            var kind = stream.getInt();
            var length = stream.getInt();
            return kind != 1 || skip(stream, length);
        }

        private static boolean skip(ByteBuffer stream, int length) {
            var padded = length + 3L & ~3L;
            if (length < 0 || length > stream.remaining()) {
                return false;
            }
            stream.position((int) Math.min(stream.limit(), stream.position() + padded));
            return true;
        }

        private static byte @Nullable [] value(int type, ByteBuffer stream) {
            var several = (type & 0x1000) != 0;
            var size = fixedSize(type & 0xfff);
            if (size < 0) {
                return null;
            }
            if (size > 0 && !several) {
                return bytes(stream, size, size);
            }
            if (stream.remaining() < 4) {
                return null;
            }
            byte[] first = new byte[0];
            var values = stream.getInt();
            for (int seen = 0; seen < values; seen++) {
                if (size == 0 && stream.remaining() < 4) {
                    return null;
                }
                var length = size > 0 ? size : stream.getInt();
                var value = bytes(stream, length, length + 3L & ~3L);
                if (value == null) {
                    return null;
                }
                first = seen == 0 ? value : first;
            }
            return first;
        }

        private static byte @Nullable [] bytes(ByteBuffer stream, int length, long padded) {
            if (length < 0 || length > stream.remaining()) {
                return null;
            }
            var value = new byte[length];
            stream.get(value);
            stream.position((int) Math.min(stream.limit(), stream.position() + padded - length));
            return value;
        }

        /** How long a value of this type is: 0 for those that say it themselves, -1 for what is no type. */
        private static int fixedSize(int type) {
            return switch (type) {
                case 0x02, 0x03, 0x04, 0x0a, 0x0b, 0x01 -> 4;
                case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
                case 0x48 -> 16;
                case 0x0d, 0x1e, 0x1f, 0x102 -> 0;
                default -> -1;
            };
        }
    }
}
