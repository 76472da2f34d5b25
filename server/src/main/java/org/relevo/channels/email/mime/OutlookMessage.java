package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.ByteChunk;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.ParsedMail.Address;

/** A message that Outlook saved (.msg, MS-OXMSG), read like a mail. */
public final class OutlookMessage {

    private static final long SIGNATURE = 0xd0cf11e0a1b11ae1L;
    private static final int MOST_FILES = 200;

    private OutlookMessage() {}

    /** The message that {@code file} holds; empty when it is none, or damaged. */
    public static Optional<ParsedMail> read(byte[] file) {
        if (!hasSignature(file)) {
            return Optional.empty();
        }
        try (var message = new MAPIMessage(new ByteArrayInputStream(file))) {
            message.setReturnNullOnMissingChunk(true);
            return Optional.of(shape(message));
        } catch (IOException | RuntimeException | StackOverflowError e) { // POI names its complaints in many ways
            return Optional.empty();
        }
    }

    private static boolean hasSignature(byte[] file) {
        var seen = 0L;
        for (int at = 0; at < 8 && at < file.length; at++) {
            seen = seen << 8 | file[at] & 0xff;
        }
        return seen == SIGNATURE;
    }

    private static ParsedMail shape(MAPIMessage message) {
        var chunks = message.getMainChunks();
        var headers = headers(chunks.getMessageHeaders());
        var onTheWay = MailParser.shape(headers, Bodies.NONE, null, true);
        var html = html(message);
        var plain = text(chunks.getTextBodyChunk());
        var words = Words.oneOf(List.of(Words.plain(plain), html));
        var id = text(chunks.getMessageId());
        var to = onTheWay.to().isEmpty() ? recipients(message, 1) : onTheWay.to();
        var cc = onTheWay.cc().isEmpty() ? recipients(message, 2) : onTheWay.cc();
        var subject = text(chunks.getSubjectChunk());
        return new ParsedMail(
                headers,
                onTheWay.messageId().or(() -> id.isBlank() ? Optional.empty() : Optional.of(id)),
                onTheWay.inReplyTo(),
                onTheWay.references(),
                onTheWay.from().or(() -> author(message)),
                onTheWay.replyTo(),
                to,
                cc,
                onTheWay.deliveredTo(),
                subject.isBlank() ? onTheWay.subject() : EncodedWords.oneLine(subject),
                onTheWay.date().or(() -> sent(message)),
                words.text().strip(),
                words.html().isBlank() ? null : words.html(),
                files(message, words.html()),
                List.of(),
                ParsedMail.Protection.NONE,
                Optional.empty(),
                true);
    }

    private static Headers headers(@Nullable StringChunk chunk) {
        return HeaderBlock.read((text(chunk).replaceFirst("^Microsoft Mail Internet Headers.*\\R", "") + "\n\n")
                        .getBytes(UTF_8))
                .headers();
    }

    private static Words html(MAPIMessage message) {
        var chunks = message.getMainChunks();
        if (chunks.getHtmlBodyChunkString() != null) {
            return Words.html(text(chunks.getHtmlBodyChunkString()));
        }
        var binary = bytes(chunks.getHtmlBodyChunkBinary());
        if (binary.length > 0) {
            return Words.html(Charsets.decodeHtml(binary, null));
        }
        var rich = CompressedRtf.unpacked(bytes(chunks.getRtfBodyChunk())).map(RichText::of);
        return rich.map(text -> text.html() ? Words.html(text.content()) : Words.plain(text.content()))
                .orElse(Words.NONE);
    }

    /** Exchange writes addresses of its own ("/o=…"); the SMTP address stands beside them. */
    private static Optional<Address> author(MAPIMessage message) {
        var name = text(message.getMainChunks().getDisplayFromChunk());
        return message.getMainChunks().getAll().entrySet().stream()
                .filter(entry -> isAuthor(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(StringChunk.class::isInstance)
                .map(chunk -> text((StringChunk) chunk))
                .flatMap(address -> AddressList.of(address).stream())
                .findFirst()
                .map(address -> new Address(EncodedWords.oneLine(name), address.address()));
    }

    private static boolean isAuthor(MAPIProperty property) {
        return property.id == 0x5d01 // PR_SENDER_SMTP_ADDRESS
                || property.id == 0x5d02 // PR_SENT_REPRESENTING_SMTP_ADDRESS
                || property.id == MAPIProperty.SENDER_EMAIL_ADDRESS.id
                || property.id == MAPIProperty.SENT_REPRESENTING_EMAIL_ADDRESS.id;
    }

    private static List<Address> recipients(MAPIMessage message, int kind) {
        var found = new ArrayList<Address>();
        for (var recipient : message.getRecipientDetailsChunks()) {
            if (found.size() < MOST_FILES && kind(recipient) == kind) {
                var address = AddressList.of(String.valueOf(recipient.getRecipientEmailAddress()));
                var name = recipient.getRecipientName();
                address.stream()
                        .map(one -> new Address(name == null ? "" : EncodedWords.oneLine(name), one.address()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** 1 for To, 2 for Cc, 3 for Bcc; To where it is not said. */
    private static int kind(RecipientChunks recipient) {
        var kinds = recipient.getProperties().get(MAPIProperty.RECIPIENT_TYPE);
        return kinds != null && !kinds.isEmpty() && kinds.getFirst().getValue() instanceof Integer kind
                ? kind & 0xf
                : 1;
    }

    private static Optional<Instant> sent(MAPIMessage message) {
        try {
            return Optional.ofNullable(message.getMessageDate()).map(Calendar::toInstant);
        } catch (ChunkNotFoundException e) {
            return Optional.empty();
        }
    }

    private static List<ParsedMail.Part> files(MAPIMessage message, String html) {
        var files = new ArrayList<ParsedMail.Part>();
        for (var attachment : message.getAttachmentFiles()) {
            var content = content(attachment);
            if (content.length > 0 && files.size() < MOST_FILES) {
                var id = text(attachment.getAttachContentId());
                var type = ContentType.of(text(attachment.getAttachMimeTag())).type();
                var shown = type.equals("text/plain")
                                && text(attachment.getAttachMimeTag()).isBlank()
                        ? "application/octet-stream"
                        : type;
                files.add(new ParsedMail.Part(
                        name(attachment, shown),
                        shown,
                        content,
                        !id.isBlank() && html.contains("cid:" + id),
                        id.isBlank() ? null : id,
                        null));
            }
        }
        return files;
    }

    private static byte[] content(AttachmentChunks attachment) {
        var data = bytes(attachment.getAttachData());
        if (data.length > 0 || !attachment.isEmbeddedMessage()) {
            return data;
        }
        try (var inner = attachment.getEmbeddedMessage()) {
            return inner == null ? data : WrittenMail.of(embedded(inner));
        } catch (IOException e) {
            return data;
        }
    }

    private static Tnef embedded(MAPIMessage inner) {
        inner.setReturnNullOnMissingChunk(true);
        var html = html(inner);
        return new Tnef(
                text(inner.getMainChunks().getSubjectChunk()),
                text(inner.getMainChunks().getTextBodyChunk()),
                html.html(),
                List.of());
    }

    private static String name(AttachmentChunks attachment, String type) {
        if (attachment.isEmbeddedMessage()) {
            return FileNames.read(text(attachment.getAttachDisplayName())).orElse("message") + ".eml";
        }
        return FileNames.read(text(attachment.getAttachLongFileName()))
                .or(() -> FileNames.read(text(attachment.getAttachFileName())))
                .or(() -> FileNames.read(text(attachment.getAttachDisplayName())))
                .orElseGet(() -> FileNames.forType(type));
    }

    private static byte[] bytes(@Nullable ByteChunk chunk) {
        return chunk == null || chunk.getValue() == null ? new byte[0] : chunk.getValue();
    }

    private static String text(@Nullable StringChunk chunk) {
        if (chunk == null || chunk.getValue() == null) {
            return "";
        }
        return Charsets.clean(chunk.getValue());
    }
}
