package org.relevo.tickets;

import org.relevo.platform.ProblemException;

/** Somebody wrote while the reply was being written. */
public class NewerMessageException extends ProblemException {

    NewerMessageException(long number) {
        super("newer-message", 409, String.valueOf(number));
    }
}
