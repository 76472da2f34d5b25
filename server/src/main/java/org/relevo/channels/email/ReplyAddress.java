package org.relevo.channels.email;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.springframework.stereotype.Component;

/**
 * Addresses, Message-IDs and a header that lead back to us and cannot be guessed. An answer comes to {@code
 * hola+cTICKET.SIGNATURE@shop}, what could not be delivered to {@code hola+bREPLY.SIGNATURE@shop} (a variable envelope
 * return path). Ids and 128-bit signatures are in base 36, each 25 digits, so that they survive servers that change the
 * case; signatures are over the workspace, the purpose and the id, compared exactly and in constant time.
 */
@Component
class ReplyAddress {

    /** Names the installation's workspace on everything that we send, so that we know it when it comes back. */
    static final String INSTANCE_HEADER = "X-Relevo-Instance";

    private static final int BASE = 36;
    private static final int DIGITS = 25; // of 128 bits in base 36
    private static final int LONGEST_LOCAL_PART = 64; // RFC 5321, 4.5.3.1.1
    private static final int LONGEST_ADDRESS = 254;
    private static final Pattern SIGNED =
            Pattern.compile("[^+@]{1,64}\\+([bc])([0-9a-z]{25})\\.([0-9a-z]{25})@[^@]{1,253}");
    private static final Pattern OWN_ID = Pattern.compile("<r\\.([0-9a-f]{32})\\.([0-9a-f]{32})@[^>]{1,253}>");

    private final Secrets secrets;

    ReplyAddress(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The address of {@code mailbox} that leads to {@code ticket}; empty where mail servers would find it too long. */
    Optional<String> of(Mailbox mailbox, TicketId ticket) {
        return signed(mailbox.address(), Purpose.ANSWER, ticket.value());
    }

    /** The same for an alias of the mailbox. */
    Optional<String> of(String address, TicketId ticket) {
        return signed(address, Purpose.ANSWER, ticket.value());
    }

    /**
     * The envelope sender of the reply {@code message} (VERP): whoever cannot deliver it writes there. The mailbox itself
     * where its server knows no plus addresses, or they would be too long.
     */
    String envelope(Mailbox mailbox, UUID message) {
        return Optional.of(mailbox)
                .filter(Mailbox::plusAddressing)
                .flatMap(able -> signed(able.address(), Purpose.BOUNCE, message))
                .orElse(mailbox.address());
    }

    private Optional<String> signed(String address, Purpose purpose, UUID id) {
        var at = address.indexOf('@');
        var local = address.substring(0, at) + "+" + purpose.letter + packed(id) + "." + signature(purpose, id);
        return local.length() > LONGEST_LOCAL_PART || local.indexOf('+') != local.lastIndexOf('+')
                ? Optional.empty()
                : Optional.of(local + address.substring(at));
    }

    /** The ticket that one of {@code recipients} leads to. */
    Optional<TicketId> read(Iterable<String> recipients) {
        return find(recipients, Purpose.ANSWER).map(TicketId::new);
    }

    /** The message id of our reply that came back to one of {@code recipients}. */
    public Optional<UUID> bounced(Iterable<String> recipients) {
        return find(recipients, Purpose.BOUNCE);
    }

    private Optional<UUID> find(Iterable<String> recipients, Purpose purpose) {
        for (var recipient : recipients) {
            if (recipient.length() > LONGEST_ADDRESS) {
                continue;
            }
            var parts = SIGNED.matcher(recipient);
            if (parts.matches() && parts.group(1).equals(purpose.letter)) {
                var id = unpacked(parts.group(2));
                if (id.isPresent() && same(signature(purpose, id.get()), parts.group(3))) {
                    return id;
                }
            }
        }
        return Optional.empty();
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

    private String signature(Purpose purpose, UUID id) {
        var hex = secrets.sign(Workspace.required() + " " + id, purpose.words);
        return padded(new BigInteger(hex, 16));
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String packed(UUID id) {
        return padded(new BigInteger(id.toString().replace("-", ""), 16));
    }

    private static String padded(BigInteger number) {
        var digits = number.toString(BASE);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    private static Optional<UUID> unpacked(String text) {
        var number = new BigInteger(text, BASE);
        return number.bitLength() > 128
                ? Optional.empty()
                : Optional.of(new UUID(number.shiftRight(64).longValue(), number.longValue()));
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
