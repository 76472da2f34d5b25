package org.relevo.tickets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tickets behave.
 *
 * @param followUpAfter a customer who writes in a ticket that was solved longer ago than this begins a new one that follows
 *     it; between one hour and ten years
 */
@ConfigurationProperties("relevo.tickets")
public record TicketProperties(@DefaultValue("14d") Duration followUpAfter) {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    public TicketProperties {
        if (followUpAfter.compareTo(SHORTEST) < 0 || followUpAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("relevo.tickets.follow-up-after must be between 1h and 3650d");
        }
    }
}
