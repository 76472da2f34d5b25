package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The compressed RTF of Outlook (MS-OXRTFCP), unpacked as far as it is whole and up to eight megabytes. */
final class CompressedRtf {

    private static final int MOST = 8 * 1024 * 1024;
    private static final int COMPRESSED = 0x75465a4c;
    private static final int UNCOMPRESSED = 0x414c454d;
    private static final int WINDOW = 4_096;
    private static final byte[] DICTIONARY =
            ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
                            + "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
                            + "\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
                    .getBytes(US_ASCII);

    private CompressedRtf() {}

    static Optional<byte[]> unpacked(byte[] packed) {
        if (packed.length < 16) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        var size = Math.min(Integer.toUnsignedLong(header.getInt(4)), MOST);
        return switch (header.getInt(8)) {
            case COMPRESSED -> Optional.of(unpack(packed, (int) size));
            case UNCOMPRESSED -> Optional.of(Arrays.copyOfRange(packed, 16, (int) Math.min(packed.length, 16 + size)));
            default -> Optional.empty();
        };
    }

    private static byte[] unpack(byte[] packed, int size) {
        var window = Arrays.copyOf(DICTIONARY, WINDOW);
        var write = DICTIONARY.length;
        var out = new ByteArrayOutputStream();
        var at = 16;
        while (at < packed.length && out.size() < size) {
            var control = packed[at++];
            for (int bit = 0; bit < 8 && at < packed.length && out.size() < size; bit++) {
                if ((control >> bit & 1) == 0) {
                    out.write(packed[at]);
                    window[write++ % WINDOW] = packed[at++];
                    continue;
                }
                if (at + 1 >= packed.length) {
                    return out.toByteArray();
                }
                var reference = (packed[at] & 0xff) << 8 | packed[at + 1] & 0xff;
                at += 2;
                var from = reference >> 4;
                if (from == write % WINDOW) { // the mark of the end
                    return out.toByteArray();
                }
                for (int left = (reference & 15) + 2; left > 0; left--) {
                    var one = window[from++ % WINDOW];
                    out.write(one);
                    window[write++ % WINDOW] = one;
                }
            }
        }
        return out.toByteArray();
    }
}
