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
 * Addresses and Message-IDs that lead back to a ticket and cannot be guessed: {@code hola+TICKET.SIGNATURE@shop}, the ticket
 * in base 36, the signature 64 bits over workspace and ticket. Compared exactly, in constant time.
 */
@Component
class ReplyAddress {

    private static final String PURPOSE = "reply address";
    private static final int BASE = 36;
    private static final Pattern SIGNED = Pattern.compile("([^+@]+)\\+c([0-9a-z]{20,26})\\.([0-9a-f]{16})@(.+)");
    private static final Pattern OWN_ID = Pattern.compile("<r\\.([0-9a-f]{32})\\.([0-9a-f]{16})@[^>]+>");
    private static final int SIGNATURE = 16;

    private final Secrets secrets;

    ReplyAddress(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The address of {@code mailbox} that leads to {@code ticket}. */
    String of(Mailbox mailbox, TicketId ticket) {
        return mailbox.local() + "+c" + packed(ticket) + "." + signature(ticket) + "@" + mailbox.domain();
    }

    /** The ticket that one of {@code recipients} leads to. */
    Optional<TicketId> read(Iterable<String> recipients) {
        for (var recipient : recipients) {
            var parts = SIGNED.matcher(recipient);
            if (parts.matches()) {
                var ticket = unpacked(parts.group(2));
                if (ticket.isPresent() && verifies(ticket.get(), parts.group(3))) {
                    return ticket;
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

    private String idSignature(String plain) {
        return secrets.sign(Workspace.required() + " " + plain, "message id").substring(0, SIGNATURE);
    }

    private boolean verifies(TicketId ticket, String signature) {
        return same(signature(ticket), signature);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(TicketId ticket) {
        return secrets.sign(Workspace.required() + " " + ticket.value(), PURPOSE)
                .substring(0, SIGNATURE);
    }

    private static String packed(TicketId ticket) {
        return new BigInteger(ticket.value().toString().replace("-", ""), 16).toString(BASE);
    }

    private static Optional<TicketId> unpacked(String text) {
        var number = new BigInteger(text, BASE);
        return number.bitLength() > 128
                ? Optional.empty()
                : Optional.of(new TicketId(new UUID(number.shiftRight(64).longValue(), number.longValue())));
    }
}
