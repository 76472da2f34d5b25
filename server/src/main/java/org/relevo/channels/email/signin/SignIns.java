package org.relevo.channels.email.signin;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.MailboxId;
import org.relevo.channels.email.Mailbox;
import org.relevo.channels.email.MailboxTable;
import org.relevo.channels.email.Mailboxes;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Secrets;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in to a mailbox at its provider's page: authorization code with PKCE (RFC 6749, 4.1; RFC 7636). */
@Service
public class SignIns {

    static final String RETURN = "/api/v1/mailboxes/sign-in";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What a person sees of a mailbox's sign-in; never a token or a secret. */
    public record Shown(
            OAuthProvider provider,
            String clientId,
            String authorizationUrl,
            String tokenUrl,
            String scope,
            @Nullable Instant signedInAt,
            @Nullable Instant tokenExpiresAt,
            boolean needsPerson) {}

    /** How a sign-in ended. */
    sealed interface Outcome {
        record SignedIn(MailboxId mailbox) implements Outcome {}

        record Failed(Reason reason) implements Outcome {}
    }

    private final SignInTable table;
    private final TokenEndpoint endpoint;
    private final MailboxTable mailboxes;
    private final Secrets secrets;
    private final RelevoOrigins origins;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    SignIns(
            SignInTable table,
            TokenEndpoint endpoint,
            MailboxTable mailboxes,
            Secrets secrets,
            RelevoOrigins origins,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.table = table;
        this.endpoint = endpoint;
        this.mailboxes = mailboxes;
        this.secrets = secrets;
        this.origins = origins;
        this.events = events;
        this.transaction = transaction;
    }

    /** The mailboxes that are signed in by OAuth, or are to be. */
    public Map<MailboxId, Shown> all() {
        return table.all().stream().collect(Collectors.toMap(SignInTable.Known::mailbox, SignIns::show));
    }

    private static Shown show(SignInTable.Known known) {
        return new Shown(
                known.client().provider(),
                known.client().clientId(),
                known.client().authorizationUrl(),
                known.client().tokenUrl(),
                known.client().scope(),
                known.signedInAt(),
                known.expiresAt(),
                known.needsPerson());
    }

    /** Where the provider sends people back to; to be entered at the provider. */
    public String returnAddress() {
        return origins.desk() + RETURN;
    }

    /** The address of the provider's page for {@code person}. */
    URI begin(MailboxId id, UUID person) {
        var mailbox = mailboxes.find(id).orElseThrow(ProblemException::notFound);
        var known = table.find(id).orElseThrow(() -> new ProblemException("mailbox-by-password", 409));
        var state = secrets.random();
        var verifier = secrets.random();
        table.begin(id, person, state, verifier);
        return page(mailbox, known.client(), state, verifier);
    }

    private URI page(Mailbox mailbox, OAuthClient client, String state, String verifier) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", returnAddress());
        query.put("scope", client.scope());
        query.put("state", state);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        query.put("login_hint", mailbox.username());
        if (client.provider() == OAuthProvider.GOOGLE) {
            query.put("access_type", "offline"); // else it gives no refresh token
            query.put("prompt", "consent");
        }
        var address = client.authorizationUrl();
        return URI.create(address + (address.contains("?") ? "&" : "?") + TokenEndpoint.encoded(query));
    }

    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest(verifier));
    }

    /** The provider sent {@code person} back. */
    Outcome finish(UUID person, String state, @Nullable String code) {
        var begun = table.takeUp(state, person, PATIENCE);
        if (begun.isEmpty()) {
            return new Outcome.Failed(Reason.of("mail.sign-in-too-late"));
        }
        if (code == null) {
            return new Outcome.Failed(Reason.of("mail.sign-in-given-up"));
        }
        var known = begun.get().known();
        return switch (endpoint.redeem(known.client(), code, begun.get().verifier(), returnAddress())) {
            case TokenEndpoint.Answer.Given(var granted)
            when granted.refreshToken() == null -> new Outcome.Failed(Reason.of("mail.no-refresh-token"));
            case TokenEndpoint.Answer.Given(var granted) -> signedIn(known.mailbox(), granted);
            case TokenEndpoint.Answer.Refused(var reason) -> new Outcome.Failed(reason);
            case TokenEndpoint.Answer.Unclear(var reason) -> new Outcome.Failed(reason);
        };
    }

    private Outcome signedIn(MailboxId id, SignInTable.Granted granted) {
        transaction.executeWithoutResult(_ -> {
            table.granted(id, granted);
            table.signedIn(id);
            mailboxes.tell(id);
            events.publishEvent(new Mailboxes.Changed(id));
        });
        return new Outcome.SignedIn(id);
    }
}
