package org.relevo.channels;

import java.util.Optional;
import java.util.UUID;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which mails are known, by their Message-ID with angle brackets. */
@Service
@Transactional(readOnly = true)
public class MessageIds {

    private final JdbcClient jdbc;

    MessageIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ticket that the mail went into. */
    public Optional<TicketId> ticketOf(String headerId) {
        return jdbc.sql("""
                select ticket_id from channels.message_ids
                where workspace_id = platform.current_workspace() and header_id = :id and seen
                """)
                .param("id", headerId)
                .query((row, _) -> new TicketId(row.getObject("ticket_id", UUID.class)))
                .optional();
    }

    /** The id of the ticket's newest mail. */
    public Optional<String> newestOf(TicketId ticket) {
        return jdbc.sql("""
                select header_id from channels.message_ids
                where workspace_id = platform.current_workspace() and ticket_id = :ticket and seen
                order by at desc, number desc limit 1
                """).param("ticket", ticket.value()).query(String.class).optional();
    }
}
