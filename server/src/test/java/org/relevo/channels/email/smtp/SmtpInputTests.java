package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.SharedData;

/** Where lines and mails end (RFC 5321, 2.3.8 and 4.5.2), and where they do not (T-11). */
class SmtpInputTests {

    /** Gives one byte at a time, as a slow line does. */
    private static final class Drops extends InputStream {
        private final InputStream all;

        Drops(byte[] all) {
            this.all = new ByteArrayInputStream(all);
        }

        @Override
        public int read() throws IOException {
            return all.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return all.read(into, offset, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'a\r\n.\r\n', 'a\r\n'",
        "'.\r\n', ''",
        "'a\r\n..\r\n.\r\n', 'a\r\n.\r\n'",
        "'a\r\n.b\r\n.\r\n', 'a\r\nb\r\n'",
        "'a\r\n...b\r\n.\r\n', 'a\r\n..b\r\n'",
        "'a.\r\nb .\r\n.\r\n', 'a.\r\nb .\r\n'",
        "'a\r\n.\rb\r\n.\r\n', 'a\r\n\rb\r\n'",
        "'a\r\n.\r\r\n.\r\n', 'a\r\n\r\r\n'",
    })
    void aMailEndsWithADotOnALineOfItsOwn(String said, String mail) throws IOException {
        assertThat(mail(said + "QUIT\r\n")).isEqualTo(mail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\r\n.\n", "\n\r.\r\n"})
    void nothingElseEndsIt(String ending) throws IOException {
        var smuggled = "MAIL FROM:<admin@shop.example>\r\n";

        assertThat(mail("a" + ending + smuggled + "\r\n.\r\n")).contains(smuggled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare-lf-smuggle.eml", "bare-cr.eml"})
    void aMailWithBareLineEndsComesWholeAndAsItIs(String file) throws IOException {
        var mail = Files.readString(SharedData.at("security/own/mail").resolve(file), ISO_8859_1);

        assertThat(mail(stuffed(mail) + "\r\n.\r\n")).isEqualTo(mail + "\r\n");
    }

    @Test
    void whatFollowsAMailIsTheNextCommand() throws IOException {
        var input = new SmtpInput(bytes("a\r\n.\r\nQUIT\r\n"));

        input.mail(_ -> {});

        assertThat(input.line()).contains("QUIT");
        assertThat(input.line()).isEmpty();
    }

    @Test
    void aMailThatBreaksOffIsNone() {
        assertThatThrownBy(() -> mail("a\r\n.\r")).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\nRSET\r\n", "NOOP\rRSET\r\n", "NO\0OP\r\n", "NOOP\u007f\r\n"})
    void aCommandHoldsNoControlCharacters(String said) {
        assertThatThrownBy(() -> new SmtpInput(bytes(said)).line()).isInstanceOf(SmtpInput.BrokenLineException.class);
    }

    @Test
    void aCommandHasAnEnd() {
        assertThatThrownBy(() -> new SmtpInput(bytes("x".repeat(3_000))).line())
                .isInstanceOf(SmtpInput.BrokenLineException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "FROM:<ana@mail.example>, ana@mail.example, 0",
        "FROM:<>, '', 0",
        "from: <ana@mail.example> SIZE=1000 BODY=8BITMIME, ana@mail.example, 1000",
        "FROM:<ana@mail.example> SIZE=99999999999999999999, ana@mail.example, 9223372036854775807",
        "FROM:<ana@mail.example> SIZE=x, ana@mail.example, 0",
        "FROM:ana@mail.example, ana@mail.example, 0",
        "'FROM:<\"a>b\"@mail.example>', '\"a>b\"@mail.example', 0",
        "'FROM:<@one.example,@two.example:ana@mail.example>', ana@mail.example, 0",
        "FROM:<SRS0=x=y=mail.example=ana@list.example>, SRS0=x=y=mail.example=ana@list.example, 0",
    })
    void anAddressIsReadAsItIsSaid(String argument, String address, long size) {
        assertThat(SmtpPath.of("FROM", argument)).contains(new SmtpPath(address, size));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FROM", "TO:<ana@mail.example>", "FROM:<ana@mail.example", "FROM:"})
    void whatIsNoneIsNone(String argument) {
        assertThat(SmtpPath.of("FROM", argument)).isEqualTo(Optional.empty());
    }

    private static String mail(String said) throws IOException {
        var slowly = new ByteArrayOutputStream();
        new SmtpInput(new Drops(said.getBytes(ISO_8859_1))).mail(slowly::writeBytes);
        var atOnce = new ByteArrayOutputStream();
        new SmtpInput(bytes(said)).mail(atOnce::writeBytes);
        assertThat(atOnce.toString(ISO_8859_1)).isEqualTo(slowly.toString(ISO_8859_1));
        return atOnce.toString(ISO_8859_1);
    }

    private static String stuffed(String mail) {
        return mail.replace("\r\n.", "\r\n..");
    }

    private static InputStream bytes(String said) {
        return new ByteArrayInputStream(said.getBytes(ISO_8859_1));
    }
}
