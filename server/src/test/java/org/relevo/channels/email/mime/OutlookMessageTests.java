package org.relevo.channels.email.mime;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;

class OutlookMessageTests {

    @Test
    void aSavedMessageIsReadLikeAMail() throws IOException {
        var mail = OutlookMessage.read(message()).orElseThrow();

        assertThat(mail.subject()).isEqualTo("Mi lámpara");
        assertThat(mail.text()).isEqualTo("¿Dónde está?");
        assertThat(mail.author()).isEqualTo(new ParsedMail.Address("Ana", "ana@mail.example"));
        assertThat(mail.messageId()).hasValue("<1@mail.example>");
        assertThat(mail.date()).isPresent();
        assertThat(mail.parts()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("bill.pdf");
            assertThat(new String(file.content(), UTF_8)).isEqualTo("pdf");
        });
    }

    @Test
    void whatIsNoneOrDamagedIsNothing() throws IOException {
        var whole = message();
        var random = new Random(5);

        assertThat(OutlookMessage.read(new byte[0])).isEmpty();
        assertThat(OutlookMessage.read("Subject: x".getBytes(UTF_8))).isEmpty();
        for (int round = 0; round < 200; round++) {
            var broken = Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 8));
            broken[8 + random.nextInt(broken.length - 8)] = (byte) random.nextInt();
            assertThat(OutlookMessage.read(broken)).isNotNull();
        }
    }

    private static byte[] message() throws IOException {
        try (var files = new POIFSFileSystem()) {
            var root = files.getRoot();
            text(root, "0037", "Mi lámpara");
            text(root, "1000", "¿Dónde está?");
            text(
                    root,
                    "007D",
                    "From: Ana <ana@mail.example>\r\nMessage-ID: <1@mail.example>\r\nDate: Fri, 27 Mar 2026 17:30:00 +0100\r\n");
            root.createDocument("__properties_version1.0", new ByteArrayInputStream(new byte[32]));
            var attachment = root.createDirectory("__attach_version1.0_#00000000");
            text(attachment, "3707", "bill.pdf");
            attachment.createDocument("__substg1.0_37010102", new ByteArrayInputStream("pdf".getBytes(UTF_8)));
            var out = new ByteArrayOutputStream();
            files.writeFilesystem(out);
            return out.toByteArray();
        }
    }

    private static void text(DirectoryEntry folder, String property, String text) throws IOException {
        folder.createDocument("__substg1.0_" + property + "001F", new ByteArrayInputStream(text.getBytes(UTF_16LE)));
    }
}
