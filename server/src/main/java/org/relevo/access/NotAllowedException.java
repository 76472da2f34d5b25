package org.relevo.access;

import org.relevo.platform.ProblemException;
import org.relevo.platform.Reason;

/** The gate said no. */
public class NotAllowedException extends ProblemException {

    public NotAllowedException(Reason reason) {
        super("not-allowed", 403, reason.code());
    }
}
