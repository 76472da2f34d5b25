package org.relevo.channels.email.signin;

import jakarta.mail.AuthenticationFailedException;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Reason;

/** There is no token for a mailbox now; {@link #reason()} says what a person can do about it. */
public class NoTokenException extends AuthenticationFailedException {

    private final transient Reason reason;

    NoTokenException(Reason reason, @Nullable Exception cause) {
        super(reason.code(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
