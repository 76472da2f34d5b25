package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Decodes text whatever its label says: by its byte order mark, by its label, as UTF-8, by what the bytes look like, and at last
 * as windows-1252. Never fails.
 */
final class Charsets {

    private static final Charset LAST_RESORT = Charset.forName("windows-1252");
    private static final int LOOKED_AT = 64 * 1024;
    private static final int HTML_HEAD = 4 * 1024;

    /** Fewer bytes beyond ASCII than these say nothing about their charset. */
    private static final int ENOUGH_TO_GUESS = 8;

    private static final Pattern META =
            Pattern.compile("<meta[^>]{0,300}charset\\s{0,5}=\\s{0,5}[\"']?([\\w.:-]{1,40})");

    /** Names in use that Java does not know, or knows as something narrower than what is sent under them. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("gb2312", "gb18030"),
            Map.entry("gb_2312-80", "gb18030"),
            Map.entry("gb_1988-80", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("chinesebig5", "big5"),
            Map.entry("big-5", "big5"),
            Map.entry("x-big5", "big5"),
            Map.entry("cn-big5", "big5"),
            Map.entry("cn-gb", "gb18030"),
            Map.entry("ks_c_5601", "ms949"),
            Map.entry("ks_c_5601-1987", "ms949"),
            Map.entry("ks_c_5601-1989", "ms949"),
            Map.entry("ksc5601", "ms949"),
            Map.entry("ks-c-5601-1987", "ms949"),
            Map.entry("euc-kr", "ms949"),
            Map.entry("x-windows-949", "ms949"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso_8859-1", "windows-1252"),
            Map.entry("iso88591", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("l1", "windows-1252"),
            Map.entry("iso-8859-1-windows-3.1-latin-1", "windows-1252"),
            Map.entry("win-1252", "windows-1252"),
            Map.entry("windows1252", "windows-1252"),
            Map.entry("cp-1252", "windows-1252"),
            Map.entry("ansi", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-8-e", "iso-8859-8"),
            Map.entry("logical", "iso-8859-8"),
            Map.entry("visual", "iso-8859-8"),
            Map.entry("iso-8859-6-i", "iso-8859-6"),
            Map.entry("iso-8859-6-e", "iso-8859-6"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "tis-620"),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf_8", "utf-8"),
            Map.entry("utf-8-mac", "utf-8"),
            Map.entry("x-utf-8", "utf-8"),
            Map.entry("x-unicode-2-0-utf-8", "utf-8"),
            Map.entry("unicode-1-1-utf-8", "utf-8"),
            Map.entry("utf8mb4", "utf-8"),
            Map.entry("unicode", "utf-16"),
            Map.entry("cp-850", "cp850"),
            Map.entry("cp-437", "cp437"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("x-shift-jis", "windows-31j"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-1", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-2", "iso-2022-jp-2"),
            Map.entry("iso-2022-jp-3", "x-windows-iso2022jp"),
            Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"),
            Map.entry("cp50220", "x-windows-50220"),
            Map.entry("x-euc-jp", "euc-jp"),
            Map.entry("koi8", "koi8-r"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("mac", "x-macroman"),
            Map.entry("x-mac-ce", "x-maccentraleurope"),
            Map.entry("x-mac-cyrillic", "x-maccyrillic"),
            Map.entry("x-mac-greek", "x-macgreek"),
            Map.entry("x-mac-turkish", "x-macturkish"),
            Map.entry("x-mac-japanese", "windows-31j"),
            Map.entry("x-mac-korean", "ms949"),
            Map.entry("x-mac-chinesetrad", "big5"),
            Map.entry("x-mac-chinesesimp", "gb18030"),
            Map.entry("ansi_x3.110-1983", "windows-1252"));

    private Charsets() {}

    /** The text of {@code bytes}, cleaned. */
    static String decode(byte[] bytes, @Nullable String label) {
        return clean(raw(bytes, label));
    }

    /** The text of HTML, which may name its charset itself where the part does not. */
    static String decodeHtml(byte[] bytes, @Nullable String label) {
        var head = new String(bytes, 0, Math.min(bytes.length, HTML_HEAD), ISO_8859_1).toLowerCase(Locale.ROOT);
        if (label != null && !label.isBlank() && named(label).isPresent() && !saysAscii(label)) {
            return decode(bytes, label);
        }
        var meta = META.matcher(head);
        return decode(bytes, meta.find() && !meta.group(1).startsWith("utf-16") ? meta.group(1) : label);
    }

    /** The text of a header field: raw bytes in it are UTF-8 or what {@code hint} says, as a rule. */
    static String header(byte[] bytes, @Nullable String hint) {
        if (isAscii(bytes) && Bytes.indexOf(bytes, (byte) 0x1b, 0) < 0) {
            return clean(new String(bytes, ISO_8859_1)).strip();
        }
        return clean(strict(bytes, UTF_8).filter(_ -> !isAscii(bytes)).orElseGet(() -> raw(bytes, hint)))
                .strip();
    }

    private static String raw(byte[] bytes, @Nullable String label) {
        var marked = byMark(bytes);
        if (marked.isPresent()) {
            return marked.get();
        }
        if (label != null && Utf7.isNamed(label)) {
            return Utf7.decode(bytes);
        }
        if (shiftsToJapanese(bytes, label)) {
            return new String(bytes, Charset.forName("x-windows-iso2022jp"));
        }
        return byLabel(bytes, label)
                .or(() -> strict(bytes, UTF_8))
                .or(() -> mostlyUtf8(bytes))
                .or(() -> guessed(bytes))
                .orElseGet(() -> new String(bytes, LAST_RESORT));
    }

    private static Optional<String> byMark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(new String(bytes, 3, bytes.length - 3, UTF_8));
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return Optional.of(new String(bytes, 2, bytes.length - 2, UTF_16BE));
        }
        return startsWith(bytes, 0xFF, 0xFE) && bytes.length % 2 == 0
                ? Optional.of(new String(bytes, 2, bytes.length - 2, UTF_16LE))
                : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        if (bytes.length < wanted.length) {
            return false;
        }
        for (int at = 0; at < wanted.length; at++) {
            if ((bytes[at] & 0xff) != wanted[at]) {
                return false;
            }
        }
        return true;
    }

    /** ISO-2022-JP is 7-bit, so it also stands under labels that promise nothing else. */
    private static boolean shiftsToJapanese(byte[] bytes, @Nullable String label) {
        var silent = label == null || saysAscii(label) || named(label).isEmpty();
        for (int at = Bytes.indexOf(bytes, (byte) 0x1b, 0); silent && at >= 0 && at + 2 < bytes.length; ) {
            if (bytes[at + 1] == '$' && (bytes[at + 2] == 'B' || bytes[at + 2] == '@')) {
                return isAscii(bytes);
            }
            at = Bytes.indexOf(bytes, (byte) 0x1b, at + 1);
        }
        return false;
    }

    private static Optional<String> byLabel(byte[] bytes, @Nullable String label) {
        var charset = label == null ? Optional.<Charset>empty() : named(label);
        if (charset.isEmpty() || label == null || saysAscii(label)) {
            return Optional.empty();
        }
        if (charset.get().equals(LAST_RESORT)) {
            return isUtf8AllOver(bytes) ? strict(bytes, UTF_8) : Optional.of(new String(bytes, LAST_RESORT));
        }
        return strict(bytes, charset.get()).or(() -> nearly(bytes, charset.get()));
    }

    /** What the label says, when only a little of it fails: text that was cut, or has one bad character. */
    private static Optional<String> nearly(byte[] bytes, Charset charset) {
        if (charset.equals(UTF_8)) {
            return isOverlong(bytes) ? Optional.of(new String(bytes, UTF_8)) : mostlyUtf8(bytes);
        }
        var text = new String(bytes, charset);
        if (charset.name().contains("2022")) { // shifts stand for themselves: nothing else could be meant
            return Optional.of(text);
        }
        var beyondAscii = text.chars().filter(letter -> letter > 127).count();
        var lost = text.chars().filter(letter -> letter == '\uFFFD').count();
        return lost * 10 <= beyondAscii ? Optional.of(text) : Optional.empty();
    }

    /** Longer forms of short characters are no mistake but a disguise: they are replaced, not understood. */
    private static boolean isOverlong(byte[] bytes) {
        for (int at = 0; at + 1 < bytes.length; at++) {
            if (((bytes[at] & 0xfe) == 0xc0) && (bytes[at + 1] & 0xc0) == 0x80) {
                return true;
            }
        }
        return false;
    }

    /** Whoever says ASCII and sends more usually sends UTF-8. */
    private static boolean saysAscii(@Nullable String label) {
        return label != null && label.toLowerCase(Locale.ROOT).contains("ascii");
    }

    private static Optional<Charset> named(String label) {
        var name = label.strip().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s]", "");
        try {
            return Optional.of(Charset.forName(ALIASES.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Two characters of several bytes each, and no byte that is wrong: hardly anybody means that as Latin text. */
    private static boolean isUtf8AllOver(byte[] bytes) {
        return !isAscii(bytes) && leads(bytes) >= 2 && strict(bytes, UTF_8).isPresent();
    }

    private static int leads(byte[] bytes) {
        var leads = 0;
        for (int at = 0; at + 1 < bytes.length; at++) {
            if ((bytes[at] & 0xff) >= 0xc2 && (bytes[at + 1] & 0xc0) == 0x80) {
                leads++;
            }
        }
        return leads;
    }

    private static Optional<String> mostlyUtf8(byte[] bytes) {
        var leads = leads(bytes);
        if (leads < 2) {
            return Optional.empty();
        }
        var text = new String(bytes, UTF_8);
        var lost = text.chars().filter(letter -> letter == '\uFFFD').count();
        return lost * 4 <= leads ? Optional.of(text) : Optional.empty();
    }

    /** Bytes beyond ASCII that stand alone between letters are Latin; only where they stand together is it worth guessing. */
    private static Optional<String> guessed(byte[] bytes) {
        var looked = bytes.length <= LOOKED_AT ? bytes : Arrays.copyOf(bytes, LOOKED_AT);
        var beyond = 0;
        var together = 0;
        for (int at = 0; at < looked.length; at++) {
            if (looked[at] < 0) {
                beyond++;
                together += at > 0 && looked[at - 1] < 0 || at + 1 < looked.length && looked[at + 1] < 0 ? 1 : 0;
            }
        }
        if (beyond < ENOUGH_TO_GUESS || together * 10 < beyond * 7) {
            return Optional.empty();
        }
        var detector = new UniversalDetector();
        detector.handleData(looked);
        detector.dataEnd();
        return Optional.ofNullable(detector.getDetectedCharset())
                .flatMap(Charsets::named)
                .map(charset -> new String(bytes, charset));
    }

    private static boolean isAscii(byte[] bytes) {
        for (var one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /** No byte order mark, no NUL (the database refuses it), no half of a character, one kind of line end. */
    static String clean(String text) {
        var whole = hasLoneSurrogate(text) ? new String(text.getBytes(UTF_8), UTF_8) : text;
        return whole.replace("\uFEFF", "")
                .replace("\0", "")
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                if (!Character.isHighSurrogate(text.charAt(at))
                        || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }
}
