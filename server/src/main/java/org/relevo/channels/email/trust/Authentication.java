package org.relevo.channels.email.trust;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.relevo.channels.email.mime.ParsedMail;
import org.relevo.channels.email.trust.AuthenticationResults.Result;

/**
 * What our own mail server found out about a mail's sender.
 *
 * @param spf the result word of RFC 8601 (pass, fail, softfail, neutral, policy, none, temperror, permerror), "none" when it is not told
 * @param dkim likewise; of several signatures that of the author's own domain, then one that holds
 * @param trusted whether a server that we trust said so; what anybody else wrote into the mail counts for nothing
 */
public record Authentication(String spf, String dkim, String dmarc, boolean trusted) {

    public static final Authentication UNKNOWN = new Authentication("none", "none", "none", false);

    private static final Set<String> WORDS =
            Set.of("none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror");

    /**
     * The verdict on {@code mail}: that of the topmost Authentication-Results field which names one of {@code authorities}, whole and
     * to the letter. Servers take forged copies of their own name out of what they receive (RFC 8601, 5), not those of a
     * neighbour's or of a host below; so no pattern would do, and a second field is not heard, since it may have come with the mail.
     *
     * @param authorities the names (authserv-id) under which the servers of the mailbox sign their verdicts
     */
    public static Authentication of(ParsedMail mail, Set<String> authorities) {
        var trusted =
                authorities.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return mail.headers().all("Authentication-Results").stream()
                .map(AuthenticationResults::of)
                .filter(found -> !found.authority().isEmpty() && trusted.contains(found.authority()))
                .findFirst()
                .map(found -> of(found, domain(mail.author().address())))
                .orElse(UNKNOWN);
    }

    private static Authentication of(AuthenticationResults found, String from) {
        return new Authentication(
                best(found, "spf", result -> !result.property("smtp.mailfrom").isEmpty()),
                best(found, "dkim", result -> result.value().equals("pass") && isAligned(result, from)),
                best(found, "dmarc", _ -> true),
                true);
    }

    /** Of several results of one method: the first of those preferred, else a pass, else the first that says something. */
    private static String best(AuthenticationResults found, String method, Predicate<Result> preferred) {
        var results = found.results().stream()
                .filter(result -> result.method().equals(method))
                .toList();
        return results.stream()
                .filter(preferred)
                .findFirst()
                .or(() -> results.stream()
                        .filter(result -> result.value().equals("pass"))
                        .findFirst())
                .or(() -> results.stream()
                        .filter(result -> !result.value().equals("none"))
                        .findFirst())
                .map(Result::value)
                .map(word -> word.equals("hardfail") ? "fail" : word) // as RFC 5451 once called it
                .filter(WORDS::contains)
                .orElse("none");
    }

    /** Whether the signing domain is the author's, or one above or below it. */
    private static boolean isAligned(Result result, String from) {
        var signed = result.property("header.d").isEmpty()
                ? domain(result.property("header.i"))
                : result.property("header.d");
        var signer = signed.toLowerCase(Locale.ROOT);
        return !signer.isEmpty() && (signer.equals(from) || from.endsWith("." + signer) || signer.endsWith("." + from));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Who signs the topmost verdict in {@code mail}: as a rule the mailbox's own server, if it is one that judges. */
    public static Optional<String> topmostAuthority(ParsedMail mail) {
        return mail.headers()
                .first("Authentication-Results")
                .map(field -> AuthenticationResults.of(field).authority())
                .filter(name -> !name.isEmpty());
    }

    /**
     * Whether the visible sender is proven false: DMARC says so (RFC 7489), or, where DMARC says nothing, the sending server was
     * not allowed to (SPF) and no signature (DKIM) speaks for the mail either. What no server of ours has judged has not failed.
     */
    public boolean failed() {
        if (!trusted) {
            return false;
        }
        return dmarc.equals("fail") || dmarc.equals("none") && isRefused() && !dkim.equals("pass");
    }

    private boolean isRefused() {
        return spf.equals("fail") || spf.equals("softfail");
    }
}
