package org.relevo.channels.email;

import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.smtp.SmtpSettings;
import org.relevo.platform.RelevoOrigins;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the mail of a mailbox is forwarded to: {@code in+KEY@relevo}, KEY being 128 random bits in base 36, and who is meant
 * by an address that mail was sent to.
 */
@Repository
public class ForwardingAddress {

    private static final int BITS = 128;
    private static final int BASE = 36;
    private static final int DIGITS = 25;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern SECRET = Pattern.compile("in\\+([0-9a-z]{25})@[^@]{1,253}");

    /**
     * A mailbox that mail was sent to.
     *
     * @param secret whether by its forwarding address, which only the shop's own server knows
     */
    public record Found(MailboxId mailbox, boolean secret) {}

    private final JdbcClient jdbc;
    private final ReplyAddress replies;
    private final SmtpSettings settings;
    private final RelevoOrigins origins;

    ForwardingAddress(JdbcClient jdbc, ReplyAddress replies, SmtpSettings settings, RelevoOrigins origins) {
        this.origins = origins;
        this.jdbc = jdbc;
        this.replies = replies;
        this.settings = settings;
    }

    static String newKey() {
        var digits = new BigInteger(BITS, RANDOM).toString(BASE);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** Whether this installation takes in forwarded mail at all. */
    boolean isOpen() {
        return settings.isOpen();
    }

    /** The name that our own receiver goes by. */
    public String hostname() {
        return settings.hostname().isBlank()
                ? URI.create(origins.desk()).getHost()
                : settings.hostname().strip().toLowerCase(Locale.ROOT);
    }

    /** The address that {@code mailbox} is to be forwarded to, if it is. */
    Optional<String> of(Mailbox mailbox) {
        return mailbox.receives() == Receiving.FORWARDING
                ? Optional.of("in+" + mailbox.forwardingKey() + "@" + hostname())
                : Optional.empty();
    }

    /**
     * The forwarded mailbox of the running workspace that mail to {@code recipient} is for: by its forwarding address, its own
     * address or one that it sends as, plain or signed by us.
     */
    @Transactional(readOnly = true)
    public Optional<Found> find(String recipient) {
        var address = recipient.toLowerCase(Locale.ROOT);
        var secret = SECRET.matcher(address);
        return jdbc.sql("""
                select id, forwarding_key = :key as secret from channels.mailboxes m
                where workspace_id = platform.current_workspace() and receives = 'forwarding' and removed_at is null
                  and (forwarding_key = :key or address = :plain or exists (
                    select 1 from channels.senders s
                    where s.workspace_id = platform.current_workspace() and s.mailbox_id = m.id and s.address = :plain))
                order by secret desc, address = :plain desc limit 1
                """)
                .param("key", secret.matches() ? secret.group(1) : "")
                .param("plain", unsigned(address))
                .query((row, _) -> new Found(new MailboxId(row.getObject("id", UUID.class)), row.getBoolean("secret")))
                .optional();
    }

    private String unsigned(String address) {
        return replies.isSigned(address)
                ? address.substring(0, address.indexOf('+')) + address.substring(address.indexOf('@'))
                : address;
    }
}
