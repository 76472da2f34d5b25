package org.relevo.demonstration.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The address of one mailbox here: lower case, without what a plus adds to its local part. */
record MailboxAddress(String value) {

    /** Leaves room in 255 bytes for the sequence and the ending of a file name. */
    private static final int LONGEST_FILE_NAME = 200;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** The mailbox that mail for {@code recipient} goes to; empty if that is no address we can keep. */
    static Optional<MailboxAddress> of(String recipient) {
        String address = recipient.strip().toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            return Optional.empty();
        }
        int plus = address.indexOf('+');
        String local = plus > 0 && plus < at ? address.substring(0, plus) : address.substring(0, at);
        var mailbox = new MailboxAddress(local + address.substring(at));
        return mailbox.fileName().length() > LONGEST_FILE_NAME ? Optional.empty() : Optional.of(mailbox);
    }

    /** The reverse of {@link #fileName()}. */
    static MailboxAddress fromFileName(String name) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(name.charAt(i));
            }
        }
        return new MailboxAddress(bytes.toString(UTF_8));
    }

    /** The address as a part of a file name: readable where it can be, percent-encoded where it must be. */
    String fileName() {
        var name = new StringBuilder();
        for (byte octet : value.getBytes(UTF_8)) {
            if (isPlain((char) (octet & 0xff))) {
                name.append((char) octet);
            } else {
                name.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(char octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || "@._-".indexOf(octet) >= 0;
    }
}
