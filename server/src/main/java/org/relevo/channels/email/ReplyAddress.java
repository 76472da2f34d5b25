package org.relevo.channels.email;

import java.math.BigInteger;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.springframework.stereotype.Component;

/**
 * Addresses, Message-IDs and a header that lead back to us and cannot be guessed. An answer comes to {@code
 * hola+cTICKET.SIGNATURE@shop}, what could not be delivered to {@code hola+bMAIL.SIGNATURE@shop} (a variable envelope return
 * path). Numbers and 128-bit signatures are in base 36, so that they survive servers that change the case. A signature is
 * over the workspace, the purpose, the number and the domain; one spelling of it counts, compared in constant time.
 */
@Component
class ReplyAddress {

    /** Names the installation's workspace on everything that we send, so that we know it when it comes back. */
    static final String INSTANCE_HEADER = "X-Relevo-Instance";

    private static final int BASE = 36;
    private static final int DIGITS = 25; // of 128 bits in base 36
    private static final int LONGEST_LOCAL_PART = 64; // RFC 5321, 4.5.3.1.1
    private static final int LONGEST_ADDRESS = 254;
    private static final Pattern SIGNED = Pattern.compile(
            "[^+@]{1,64}\\+([bc])([1-9a-z][0-9a-z]{0,11})\\.([0-9a-z]{25})@([^@]{1,253})"); // 12 digits fit a long
    private static final Pattern OWN_ID = Pattern.compile("<r\\.([0-9a-f]{32})\\.([0-9a-f]{32})@[^>]{1,253}>");

    private final Secrets secrets;
    private final SignatureGuesses guesses;

    ReplyAddress(Secrets secrets, SignatureGuesses guesses) {
        this.secrets = secrets;
        this.guesses = guesses;
    }

    /**
     * The address that leads to the ticket people see as {@code number}: {@code address}, a mailbox's or an alias's, with a
     * signed addition. Empty where mail servers would find it too long.
     */
    Optional<String> of(String address, long number) {
        return signed(address, Purpose.ANSWER, number);
    }

    /**
     * The envelope sender of our mail {@code number} (VERP): whoever cannot deliver it writes there. The mailbox itself where
     * its server knows no plus addresses, or they would be too long.
     */
    String envelope(Mailbox mailbox, long number) {
        return Optional.of(mailbox)
                .filter(Mailbox::plusAddressing)
                .flatMap(able -> signed(able.address(), Purpose.BOUNCE, number))
                .orElse(mailbox.address());
    }

    private Optional<String> signed(String address, Purpose purpose, long number) {
        var at = address.indexOf('@');
        var domain = address.substring(at + 1);
        var local = address.substring(0, at) + "+" + purpose.letter + Long.toString(number, BASE) + "."
                + signature(purpose, number, domain);
        return local.length() > LONGEST_LOCAL_PART || local.indexOf('+') != local.lastIndexOf('+')
                ? Optional.empty()
                : Optional.of(local + "@" + domain);
    }

    /** The number of the ticket that one of {@code recipients} leads to, as {@code sender} wrote them. */
    Optional<Long> read(String sender, Iterable<String> recipients) {
        return find(sender, recipients, Purpose.ANSWER);
    }

    /** The number of our mail that came back to one of {@code recipients}, as {@code sender} wrote them. */
    Optional<Long> bounced(String sender, Iterable<String> recipients) {
        return find(sender, recipients, Purpose.BOUNCE);
    }

    private Optional<Long> find(String sender, Iterable<String> recipients, Purpose purpose) {
        for (var recipient : recipients) {
            if (recipient.length() > LONGEST_ADDRESS) {
                continue;
            }
            var parts = SIGNED.matcher(recipient);
            if (!parts.matches() || !parts.group(1).equals(purpose.letter)) {
                continue;
            }
            if (!guesses.mayTry(sender)) {
                return Optional.empty();
            }
            var number = Long.parseLong(parts.group(2), BASE);
            if (same(signature(purpose, number, parts.group(4)), parts.group(3))) {
                return Optional.of(number);
            }
            guesses.wrong(sender);
        }
        return Optional.empty();
    }

    /** Whether we made {@code recipient}, one address. Not counted as a guess: who asks us by SMTP names no author yet. */
    boolean isSigned(String recipient) {
        var parts = SIGNED.matcher(recipient);
        if (recipient.length() > LONGEST_ADDRESS || !parts.matches()) {
            return false;
        }
        var number = Long.parseLong(parts.group(2), BASE);
        return Stream.of(Purpose.values())
                .filter(purpose -> purpose.letter.equals(parts.group(1)))
                .anyMatch(purpose -> same(signature(purpose, number, parts.group(4)), parts.group(3)));
    }

    /** The Message-ID of the reply {@code message}; signed, so that nobody can name it before they have it. */
    String messageId(UUID message, Mailbox mailbox) {
        var plain = message.toString().replace("-", "");
        return "<r." + plain + "." + idSignature(plain) + "@" + mailbox.domain() + ">";
    }

    /** Whether {@link #messageId} made {@code headerId}. */
    boolean isOurs(String headerId) {
        var parts = OWN_ID.matcher(headerId);
        return parts.matches() && same(idSignature(parts.group(1)), parts.group(2));
    }

    /** What {@link #INSTANCE_HEADER} says on everything that the running workspace sends. */
    String instance() {
        return secrets.sign(Workspace.required().toString(), "mail instance");
    }

    /** Whether the running workspace itself sent the mail with this {@link #INSTANCE_HEADER}. */
    public boolean isOurInstance(String header) {
        return same(instance(), header.strip());
    }

    private String idSignature(String plain) {
        return secrets.sign(Workspace.required() + " " + plain, "message id");
    }

    private String signature(Purpose purpose, long number, String domain) {
        var hex = secrets.sign(Workspace.required() + " " + number + " " + ascii(domain), purpose.words);
        var digits = new BigInteger(hex, 16).toString(BASE);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** A domain as it goes over the line (RFC 5890): on its way back it may be written either way. */
    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) { // no domain of ours, so the signature is wrong anyway
            return domain;
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private enum Purpose {
        ANSWER("c", "reply address"),
        BOUNCE("b", "bounce address");

        private final String letter;
        private final String words;

        Purpose(String letter, String words) {
            this.letter = letter;
            this.words = words;
        }
    }
}
