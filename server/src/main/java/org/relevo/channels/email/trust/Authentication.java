package org.relevo.channels.email.trust;

import java.util.Set;
import org.relevo.channels.email.mime.ParsedMail;

/**
 * What our own mail server found out about a mail's sender.
 *
 * @param spf the result word of RFC 8601 (pass, fail, softfail, neutral, none, temperror, permerror), "none" when it is not told
 * @param trusted whether a server that we trust said so; what anybody else wrote into the mail counts for nothing
 */
public record Authentication(String spf, String dkim, String dmarc, boolean trusted) {

    public static final Authentication UNKNOWN = new Authentication("none", "none", "none", false);

    /**
     * The verdict on {@code mail}.
     *
     * @param authorities the names (authserv-id) under which the servers of the mailbox sign their verdicts
     */
    public static Authentication of(ParsedMail mail, Set<String> authorities) {
        return UNKNOWN;
    }

    /** Whether the visible sender is proven false: the domain's own policy says so, or nothing at all speaks for it. */
    public boolean failed() {
        return trusted && "fail".equals(dmarc);
    }
}
