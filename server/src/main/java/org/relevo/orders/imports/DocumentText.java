package org.relevo.orders.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.relevo.platform.ProblemException;

/**
 * The text of a document. Spreadsheets write UTF-8 with a mark, UTF-8 without one, or the encoding of old Windows.
 *
 * @param encoding which of them it was
 */
public record DocumentText(String text, String encoding) {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final char MARK = '\uFEFF';

    /**
     * Finds out how {@code document} is written.
     *
     * @throws ProblemException {@code import-encoding} if it is neither UTF-8 nor windows-1252, or no text at all
     */
    public static DocumentText read(byte[] document) {
        var text = decode(document, StandardCharsets.UTF_8)
                .map(utf8 -> new DocumentText(utf8, "UTF-8"))
                .or(() -> decode(document, WINDOWS).map(windows -> new DocumentText(windows, "windows-1252")))
                .filter(decoded -> isWhole(decoded.text()))
                .orElseThrow(() -> new ProblemException("import-encoding", 422));
        var marked = !text.text().isEmpty() && text.text().charAt(0) == MARK;
        return marked ? new DocumentText(text.text().substring(1), text.encoding()) : text;
    }

    /** NUL tells UTF-16 and is not storable; a replacement character tells that letters were lost before we got them. */
    private static boolean isWhole(String text) {
        return text.indexOf('\u0000') < 0 && text.indexOf('\uFFFD') < 0;
    }

    private static Optional<String> decode(byte[] document, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(document))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
