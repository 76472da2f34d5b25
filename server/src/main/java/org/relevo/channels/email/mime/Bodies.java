package org.relevo.channels.email.mime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.mime.ParsedMail.Protection;

/**
 * What the parts of a mail are to its reader: words, files, invitations (RFC 2046, 2183, 2387, 1847). A part becomes one of them, in
 * the order of the mail.
 */
final class Bodies {

    static final int MOST_FILES = 200;
    private static final int MOST_INVITATIONS = 50;
    private static final int WRAPPED_TWICE = 2;
    private static final Pattern CID = Pattern.compile("cid:([^\"'\\s>)]{1,400})", Pattern.CASE_INSENSITIVE);

    /** Where a part stands. */
    private enum Place {
        /** It is the whole mail, or one of several forms, or what others are related to. */
        BODY,
        /** The first of several that follow one another. */
        FIRST,
        LATER
    }

    private record File(
            String name,
            String type,
            byte[] content,
            @Nullable String contentId,
            @Nullable String contentLocation) {}

    private final List<File> files = new ArrayList<>();
    private final List<ParsedMail.Invitation> invitations = new ArrayList<>();
    private Words packed = Words.NONE;
    private Protection protection = Protection.NONE;
    private boolean tooManyFiles;
    private boolean tooDeep;
    private boolean tooMany;
    private int wrapped;

    private final Words words;

    private Bodies(MimeTree tree) {
        this.tooDeep = tree.tooDeep();
        this.tooMany = tree.tooMany();
        var read = read(tree.root(), Place.BODY);
        var said = read.isEmpty() ? packed : read;
        this.words = said.isEmpty() ? fromInvitation() : said;
    }

    /** Nothing but a header. */
    static final Bodies NONE = of(MimeTree.of(new byte[0]));

    static Bodies of(MimeTree tree) {
        return new Bodies(tree);
    }

    Words words() {
        return words;
    }

    List<ParsedMail.Invitation> invitations() {
        return List.copyOf(invitations);
    }

    Protection protection() {
        return protection;
    }

    boolean tooManyFiles() {
        return tooManyFiles;
    }

    boolean tooDeep() {
        return tooDeep;
    }

    boolean tooMany() {
        return tooMany;
    }

    /** The files in their order, knowing which of them the HTML shows (RFC 2392, 2557). */
    List<ParsedMail.Part> files() {
        var html = words.html();
        var shown = ids(html);
        return files.stream()
                .map(file -> new ParsedMail.Part(
                        file.name(),
                        file.type(),
                        file.content(),
                        file.contentId() != null
                                        && shown.contains(file.contentId().toLowerCase(Locale.ROOT))
                                || file.contentLocation() != null && html.contains(file.contentLocation()),
                        file.contentId(),
                        file.contentLocation()))
                .toList();
    }

    private static Set<String> ids(String html) {
        var ids = new HashSet<String>();
        CID.matcher(html)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .forEach(id -> {
                    ids.add(id);
                    ids.add(id.replace("%40", "@")
                            .replace("&#64;", "@")
                            .replace("%24", "$")
                            .replace("&amp;", "&"));
                });
        return ids;
    }

    private Words fromInvitation() {
        return invitations.stream()
                .map(ParsedMail.Invitation::summary)
                .filter(summary -> summary != null && !summary.isBlank())
                .findFirst()
                .map(Words::plain)
                .orElse(Words.NONE);
    }

    private Words read(MimePart part, Place place) {
        return part.isMultipart() ? readAll(part) : readOne(part, place);
    }

    private Words readAll(MimePart part) {
        return switch (part.type().type()) {
            case "multipart/alternative" ->
                Words.oneOf(part.children().stream()
                        .map(child -> read(child, Place.BODY))
                        .toList());
            case "multipart/related" -> related(part);
            case "multipart/signed" -> {
                protect(part, Protection.SMIME_SIGNED, Protection.PGP_SIGNED);
                yield inOrder(part.children());
            }
            case "multipart/encrypted" -> {
                protect(part, Protection.SMIME_ENCRYPTED, Protection.PGP_ENCRYPTED);
                yield inOrder(part.children());
            }
            default -> inOrder(part.children());
        };
    }

    private Words inOrder(List<MimePart> parts) {
        var all = new ArrayList<Words>();
        for (var part : parts) {
            all.add(read(part, all.isEmpty() ? Place.FIRST : Place.LATER));
        }
        return Words.joined(all);
    }

    /** How the outermost layer protects the mail. */
    private void protect(MimePart part, Protection smime, Protection pgp) {
        if (protection == Protection.NONE) {
            var protocol = part.type().parameter("protocol").orElse("").toLowerCase(Locale.ROOT);
            var isPgp = protocol.contains("pgp")
                    || part.children().stream()
                            .anyMatch(child -> child.type().type().contains("/pgp-"));
            protection = isPgp ? pgp : smime;
        }
    }

    /** The root is the part that {@code start} names, or else the first that can be read (RFC 2387, 3.2). */
    private Words related(MimePart part) {
        var start = part.type().parameter("start").map(id -> id.replaceAll("^[<\\s]+|[>\\s]+$", ""));
        var root = part.children().stream()
                .filter(child -> start.isPresent() && start.get().equals(child.contentId()))
                .findFirst()
                .or(() -> part.children().stream()
                        .filter(child -> child.isMultipart() || child.type().isText() && !child.isAttachment())
                        .findFirst());
        var all = new ArrayList<Words>();
        for (var child : part.children()) {
            var isRoot = root.isPresent() && root.get() == child;
            if (isRoot || child.isMultipart() || child.contentId() == null) {
                all.add(read(child, isRoot ? Place.BODY : Place.LATER));
            } else {
                attach(child);
            }
        }
        return Words.joined(all);
    }

    private Words readOne(MimePart part, Place place) {
        var type = part.type();
        if (type.isMultipart()) {
            return Words.plain(flattened(part));
        }
        if (type.type().endsWith("pkcs7-mime")) {
            return unwrapped(part);
        }
        if (isPacked(part)) {
            return unpacked(part);
        }
        if (type.is("text/calendar")) {
            invite(part);
        }
        if (part.encoding() == TransferEncoding.UUENCODE || !isShown(part, place)) {
            attach(part);
            return Words.NONE;
        }
        return switch (type.type()) {
            case "text/html", "application/xhtml+xml" ->
                Words.html(Charsets.decodeHtml(part.content(), type.charset()));
            case "text/x-amp-html", "text/watch-html" -> Words.NONE; // a further form of what is there as HTML
            case "text/enriched", "text/richtext" ->
                Words.plain(
                        EnrichedText.plain(Charsets.decode(part.content(), type.charset()), type.is("text/enriched")));
            default -> plain(part);
        };
    }

    /** Whether it is there to be read: a text that is not attached, and has no name unless it cannot be but the body. */
    private static boolean isShown(MimePart part, Place place) {
        var type = part.type().type();
        var readable = switch (type) {
            case "text/plain", "text/html", "text/enriched", "text/richtext", "application/xhtml+xml" -> true;
            case "text/x-amp-html", "text/watch-html" -> place == Place.BODY;
            case "text/calendar",
                    "text/vcard",
                    "text/x-vcard",
                    "text/directory",
                    "text/csv",
                    "text/rfc822-headers",
                    "text/rfc822-header",
                    "text/xml",
                    "text/css",
                    "text/javascript" -> false;
            default -> type.startsWith("text/") && place != Place.LATER;
        };
        if (!readable || part.isAttachment() && FileNames.of(part).isPresent()) {
            return false;
        }
        if (part.isAttachment()) {
            return place == Place.BODY;
        }
        return place == Place.BODY
                || FileNames.of(part).isEmpty()
                || place == Place.FIRST
                        && part.dispositionField().get("filename").isEmpty();
    }

    private Words plain(MimePart part) {
        var content = part.content();
        var coded = Uuencoded.in(content);
        for (var file : coded.files()) {
            var name = FileNames.read(Charsets.header(file.name(), part.type().charset()))
                    .orElse("file.bin");
            keep(new File(name, "application/octet-stream", file.content(), null, null));
        }
        var text = Charsets.decode(coded.rest(), part.type().charset());
        note(text);
        var flowed = part.type().parameter("format").orElse("").equalsIgnoreCase("flowed");
        var drops = part.type().parameter("delsp").orElse("").equalsIgnoreCase("yes");
        return Words.plain(flowed ? FlowedText.unwrapped(text, drops) : text);
    }

    /** PGP without MIME (RFC 9580, 6.2 and 7). */
    private void note(String text) {
        if (protection == Protection.NONE && text.contains("-----BEGIN PGP ")) {
            protection = text.contains("-----BEGIN PGP MESSAGE-----")
                    ? Protection.PGP_ENCRYPTED
                    : text.contains("-----BEGIN PGP SIGNED MESSAGE-----") ? Protection.PGP_SIGNED : Protection.NONE;
        }
    }

    private void invite(MimePart part) {
        var text = Charsets.decode(part.content(), part.type().charset());
        CalendarFile.events(text, part.type().parameter("method").orElse("")).stream()
                .limit(MOST_INVITATIONS - invitations.size())
                .forEach(invitations::add);
    }

    private Words unwrapped(MimePart part) {
        attach(part);
        var kind = part.type().parameter("smime-type").orElse("").toLowerCase(Locale.ROOT);
        var inner = wrapped < WRAPPED_TWICE ? OpaqueSignature.content(part.content()) : Optional.<byte[]>empty();
        if (inner.isEmpty()) {
            protection = protection != Protection.NONE
                    ? protection
                    : kind.startsWith("signed")
                            ? Protection.SMIME_SIGNED
                            : kind.startsWith("cert") ? Protection.NONE : Protection.SMIME_ENCRYPTED;
            return Words.NONE;
        }
        protection = protection == Protection.NONE ? Protection.SMIME_SIGNED : protection;
        wrapped++;
        var tree = MimeTree.of(inner.get());
        tooDeep |= tree.tooDeep();
        tooMany |= tree.tooMany();
        return read(tree.root(), Place.BODY);
    }

    private static boolean isPacked(MimePart part) {
        var type = part.type().type();
        return type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || !part.type().isText()
                        && FileNames.of(part)
                                .filter(name -> name.equalsIgnoreCase("winmail.dat"))
                                .isPresent();
    }

    /** Its files stand in its place; its body counts where the mail has none. */
    private Words unpacked(MimePart part) {
        var content = Tnef.read(part.content());
        if (content.isEmpty()
                || content.get().files().isEmpty()
                        && content.get().text().isBlank()
                        && content.get().html().isBlank()) {
            attach(part);
            return Words.NONE;
        }
        for (var file : content.get().files()) {
            var type = file.type() == null
                    ? "application/octet-stream"
                    : ContentType.of(file.type()).type();
            var name =
                    Optional.ofNullable(file.name()).flatMap(FileNames::read).orElseGet(() -> FileNames.forType(type));
            keep(new File(name, type, file.content(), file.contentId(), file.contentLocation()));
        }
        if (packed.isEmpty()) {
            packed = Words.oneOf(List.of(
                    Words.plain(content.get().text()), Words.html(content.get().html())));
        }
        return Words.NONE;
    }

    private void attach(MimePart part) {
        keep(new File(
                part.encoding() == TransferEncoding.UUENCODE
                                && FileNames.of(part).isEmpty()
                        ? Uuencoded.in(part.raw()).files().stream()
                                .findFirst()
                                .flatMap(file -> FileNames.read(Charsets.header(file.name(), null)))
                                .orElse("file.bin")
                        : FileNames.orSomething(part),
                part.type().type(),
                part.content(),
                part.contentId(),
                part.contentLocation()));
    }

    private void keep(File file) {
        if (files.size() < MOST_FILES) {
            files.add(file);
        } else {
            tooManyFiles = true;
        }
    }

    /** The lines of parts that are nested too deep to be followed, without their boundaries and headers. */
    private static String flattened(MimePart part) {
        var text = new StringBuilder();
        var header = true;
        for (var line : (Iterable<String>) Charsets.decode(part.content(), null).lines()::iterator) {
            var boundary = line.startsWith("--");
            if (!header && !boundary) {
                text.append(line).append('\n');
            }
            header = boundary || header && !line.isBlank();
            if (text.length() > Words.LONGEST) {
                break;
            }
        }
        return text.toString().strip();
    }
}
