package org.relevo.tickets;

import org.relevo.platform.ProblemException;

/** A closed ticket stays as it is. */
public class TicketClosedException extends ProblemException {

    TicketClosedException(long number) {
        super("ticket-closed", 409, String.valueOf(number));
    }
}
