package org.relevo.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.relevo.platform.ProblemException;

class DocumentTextTests {

    private static final String TEXT = "Camiseta Ñandú, 19,95 €";

    @Test
    void utf8IsReadWithItsMarkAndWithout() {
        assertThat(DocumentText.read(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(new DocumentText(TEXT, "UTF-8"));
        assertThat(DocumentText.read(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new DocumentText(TEXT, "UTF-8"));
    }

    @Test
    void theEncodingOfOldWindowsIsFoundAndSaid() {
        assertThat(DocumentText.read(TEXT.getBytes(Charset.forName("windows-1252"))))
                .isEqualTo(new DocumentText(TEXT, "windows-1252"));
    }

    @Test
    void lettersThatAreLostAlreadyAreRefused() {
        refuses(TEXT.getBytes(StandardCharsets.UTF_16));
        refuses("Camiseta \uFFFDand\uFFFD".getBytes(StandardCharsets.UTF_8));
        refuses(new byte[] {'a', (byte) 0x81, (byte) 0x8D});
    }

    private static void refuses(byte[] document) {
        assertThatThrownBy(() -> DocumentText.read(document))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.slug()).isEqualTo("import-encoding"));
    }
}
