package org.relevo.platform.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A foreign address did not answer; {@link #way()} says in which way. */
public class OutboundException extends IOException {

    /** The ways in which a call fails. An answer of any status is not a failure. */
    public enum Way {
        /** Not an address of a web server: another scheme, no host, a user name inside. */
        ADDRESS_INVALID,
        /** Nobody knows the host's name. */
        NAME_UNKNOWN,
        /** The name leads into our own network. */
        ADDRESS_PRIVATE,
        /** Nobody listens, or no connection in time. */
        UNREACHABLE,
        /** The certificate is not valid for the name. */
        CERTIFICATE,
        /** Connected, and no whole answer in time. */
        SLOW,
        /** The answer is larger than we read. */
        TOO_LARGE,
        /** The answer sends us to another host, to an unsafe address or round in circles. */
        REDIRECTED,
        /** The connection broke, or what came is not HTTP. */
        BROKEN
    }

    private final Way way;

    OutboundException(Way way) {
        this(way, null);
    }

    OutboundException(Way way, @Nullable Throwable cause) {
        super(way.name(), cause);
        this.way = way;
    }

    public Way way() {
        return way;
    }
}
