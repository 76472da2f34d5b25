package org.relevo.channels.email.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The access tokens of mailboxes. A token is renewed before it ends, once, whoever needs it: readers and senders of this
 * node wait for one another, other nodes see who is at it in the row.
 */
@Service
public class AccessTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofSeconds(40); // longer than a call may take
    private static final Duration LOOK = Duration.ofMillis(200);

    private final SignInTable table;
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Map<MailboxId, ReentrantLock> locks = new ConcurrentHashMap<>();

    AccessTokens(SignInTable table, TokenEndpoint endpoint, Clock clock) {
        this.table = table;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** Stores with which client the mailbox is signed in; without one, by password. */
    public void client(MailboxId id, @Nullable OAuthClient client) {
        if (client == null) {
            table.remove(id);
        } else {
            table.save(id, client);
        }
    }

    /** The client that the mailbox is signed in with, if it is not by password. */
    public Optional<OAuthClient> client(MailboxId id) {
        return table.find(id).map(SignInTable.Known::client);
    }

    /**
     * A token that lasts some minutes at least. May call the provider: not for the inside of a transaction.
     *
     * @throws NoTokenException if there is none to be had
     */
    public String current(MailboxId id) throws NoTokenException {
        var lock = locks.computeIfAbsent(id, _ -> new ReentrantLock());
        lock.lock();
        try {
            return fresh(id);
        } finally {
            lock.unlock();
        }
    }

    /** Likewise, but where there is no new token to be had, the old one: the mail server will say what it thinks of it. */
    public String currentOrStale(MailboxId id) {
        try {
            return current(id);
        } catch (NoTokenException e) {
            LOG.debug("There is no new token for a mailbox [mailbox={}]", id.value(), e);
            var stale = table.find(id).map(SignInTable.Known::accessToken).orElse(null);
            return stale == null ? "" : stale;
        }
    }

    /** The mail server did not take the token: the next one who asks gets a new one. */
    public void doubt(MailboxId id) {
        table.doubt(id);
    }

    private String fresh(MailboxId id) throws NoTokenException {
        for (var waited = Duration.ZERO; waited.compareTo(LEASE) <= 0; waited = waited.plus(LOOK)) {
            var known = table.find(id).orElseThrow(() -> new NoTokenException(Reason.of("mail.sign-in-missing"), null));
            if (known.accessToken() != null && lasts(known)) {
                return known.accessToken();
            }
            if (known.needsPerson()) {
                throw new NoTokenException(needsPerson(known), null);
            }
            if (table.lease(id, LEASE)) {
                return renewed(known);
            }
            rest();
        }
        throw new NoTokenException(Reason.of("mail.token-unreachable", ""), null);
    }

    private boolean lasts(SignInTable.Known known) {
        return known.expiresAt() != null
                && known.expiresAt().isAfter(clock.instant().plus(EARLY));
    }

    private static Reason needsPerson(SignInTable.Known known) {
        return known.refreshToken() == null
                ? Reason.of("mail.sign-in-missing")
                : Reason.of(
                        "mail.sign-in-again",
                        java.net.URI.create(known.client().tokenUrl()).getHost());
    }

    private String renewed(SignInTable.Known known) throws NoTokenException {
        var refreshToken = known.refreshToken();
        if (refreshToken == null) {
            throw new NoTokenException(Reason.of("mail.sign-in-missing"), null);
        }
        switch (endpoint.refresh(known.client(), refreshToken)) {
            case TokenEndpoint.Answer.Given(var granted) -> {
                table.granted(known.mailbox(), granted);
                return granted.accessToken();
            }
            case TokenEndpoint.Answer.Refused(var reason) -> {
                table.refused(known.mailbox());
                throw new NoTokenException(reason, null);
            }
            case TokenEndpoint.Answer.Unclear(var reason) -> {
                table.endLease(known.mailbox());
                throw new NoTokenException(reason, null);
            }
        }
    }

    private static void rest() throws NoTokenException {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoTokenException(Reason.of("mail.token-unreachable", ""), e);
        }
    }
}
