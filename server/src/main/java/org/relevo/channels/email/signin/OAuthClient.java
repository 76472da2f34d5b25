package org.relevo.channels.email.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.ProblemException;

/**
 * What we are registered as at a provider.
 *
 * @param clientSecret empty leaves a known one as it is; a public client has none
 */
public record OAuthClient(
        OAuthProvider provider,
        String authorizationUrl,
        String tokenUrl,
        String scope,
        String clientId,
        String clientSecret) {

    /**
     * The client with what its provider is known to need where nothing is said.
     *
     * @throws ProblemException {@code invalid-request} if an address is missing or is none
     */
    public static OAuthClient of(
            OAuthProvider provider,
            @Nullable String authorizationUrl,
            @Nullable String tokenUrl,
            @Nullable String scope,
            String clientId,
            String clientSecret) {
        return new OAuthClient(
                provider,
                address("/oauth/authorizationUrl", said(authorizationUrl, provider.authorizationUrl)),
                address("/oauth/tokenUrl", said(tokenUrl, provider.tokenUrl)),
                said(scope, provider.scope),
                clientId,
                clientSecret);
    }

    private static String said(@Nullable String text, @Nullable String usual) {
        if (text != null && !text.isBlank()) {
            return text.strip();
        }
        return usual == null ? "" : usual;
    }

    /** Encrypted, unless it never leaves the machine: what goes there opens mailboxes. */
    private static String address(String pointer, String text) {
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            var here =
                    "http".equals(scheme) && ("localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()));
            if (uri.getHost() != null && uri.getFragment() == null && ("https".equals(scheme) || here)) {
                return text;
            }
        } catch (URISyntaxException _) {
            throw ProblemException.invalid(pointer, "field.not-https");
        }
        throw ProblemException.invalid(pointer, "field.not-https");
    }

    @Override
    public String toString() {
        return provider.word() + " " + clientId;
    }
}
