package org.relevo.channels.email.mime;

import java.util.Map;
import java.util.Optional;

/** What the files of a mail are called (RFC 2183, 2231, and RFC 2047 where it may not stand), without folders. */
final class FileNames {

    private static final int LONGEST = 255;

    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("text/plain", "txt"),
            Map.entry("text/html", "html"),
            Map.entry("text/calendar", "ics"),
            Map.entry("text/vcard", "vcf"),
            Map.entry("text/x-vcard", "vcf"),
            Map.entry("text/directory", "vcf"),
            Map.entry("text/rfc822-headers", "txt"),
            Map.entry("text/xml", "xml"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/pjpeg", "jpg"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("image/x-png", "png"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/x-wav", "wav"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("message/rfc822", "eml"),
            Map.entry("message/global", "eml"),
            Map.entry("message/delivery-status", "txt"),
            Map.entry("message/global-delivery-status", "txt"),
            Map.entry("message/disposition-notification", "txt"),
            Map.entry("message/feedback-report", "txt"),
            Map.entry("message/external-body", "txt"),
            Map.entry("application/pkcs7-mime", "p7m"),
            Map.entry("application/x-pkcs7-mime", "p7m"),
            Map.entry("application/pkcs7-signature", "p7s"),
            Map.entry("application/x-pkcs7-signature", "p7s"),
            Map.entry("application/pgp-signature", "asc"),
            Map.entry("application/pgp-encrypted", "asc"),
            Map.entry("application/pgp-keys", "asc"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.ms-powerpoint", "ppt"),
            Map.entry("application/vnd.ms-outlook", "msg"),
            Map.entry("application/postscript", "ps"),
            Map.entry("application/gzip", "gz"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"));

    private FileNames() {}

    /** The name that a part gives itself. */
    static Optional<String> of(MimePart part) {
        return disposition(part).or(() -> type(part));
    }

    private static Optional<String> disposition(MimePart part) {
        var field = part.dispositionField();
        return field.get("filename").or(() -> field.get("name")).flatMap(FileNames::read);
    }

    private static Optional<String> type(MimePart part) {
        return part.type()
                .parameter("name")
                .or(() -> part.type().parameter("filename"))
                .flatMap(FileNames::read);
    }

    /** The name that a part gets in any case. */
    static String orSomething(MimePart part) {
        return of(part).or(() -> location(part))
                .orElseGet(() -> forType(part.type().type()));
    }

    private static Optional<String> location(MimePart part) {
        return Optional.ofNullable(part.contentLocation())
                .map(url -> url.replaceAll("[?#].*$", ""))
                .flatMap(FileNames::read)
                .filter(name -> name.indexOf('.') > 0);
    }

    /** A name as it was written, decoded and without the folders before it. */
    static Optional<String> read(String written) {
        var name = EncodedWords.oneLine(written);
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        return last.isEmpty() || last.equals(".") || last.equals("..") ? Optional.empty() : Optional.of(cut(last));
    }

    /** What is too long loses its middle, not its ending. */
    private static String cut(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        var dot = name.lastIndexOf('.');
        var ending = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
        return Charsets.clean(name.substring(0, LONGEST - ending.length()) + ending);
    }

    static String forType(String type) {
        var known = ENDINGS.get(type);
        if (known != null) {
            return (type.startsWith("message/rfc822") || type.equals("message/global") ? "message." : "file.") + known;
        }
        var ending = type.substring(type.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
        return "file." + (ending.isEmpty() || ending.length() > 5 ? "bin" : ending);
    }
}
