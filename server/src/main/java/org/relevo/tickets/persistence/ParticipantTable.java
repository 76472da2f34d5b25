package org.relevo.tickets.persistence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who takes part in a ticket besides its customer: {@code tickets.participants}. */
@Repository
public class ParticipantTable {

    private final JdbcClient jdbc;

    ParticipantTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a person has let {@code address} take part, or we have written to it in this ticket. */
    public boolean takesPart(TicketId ticket, String address) {
        return jdbc.sql("""
                select exists (select 1 from tickets.participants
                  where ticket_id = :ticket and address = :address and confirmed_at is not null)
                or exists (select 1 from tickets.messages
                  where ticket_id = :ticket and kind = 'reply' and :address = any(to_addresses || cc_addresses))
                """)
                .param("ticket", ticket.value())
                .param("address", address)
                .query(Boolean.class)
                .single();
    }

    /** Notes that {@code address} wrote without taking part; a person decides. */
    public void noticed(TicketId ticket, String address, Instant at) {
        jdbc.sql("""
                insert into tickets.participants (workspace_id, ticket_id, address, since)
                values (:workspace, :ticket, :address, :at) on conflict do nothing
                """)
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("address", address)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Lets {@code address} take part; whether it was waiting for that. */
    public boolean confirm(TicketId ticket, String address, Instant at) {
        return jdbc.sql("""
                        update tickets.participants set confirmed_at = :at
                        where ticket_id = :ticket and address = :address and confirmed_at is null
                        """)
                        .param("ticket", ticket.value())
                        .param("address", address)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    /** Who waits to be let in. */
    public List<String> waiting(TicketId ticket) {
        return jdbc.sql("""
                select address from tickets.participants
                where ticket_id = :ticket and confirmed_at is null and not exists (select 1 from tickets.tickets
                  where id = ticket_id and customer_email = address)
                order by since
                """)
                .param("ticket", ticket.value())
                .query((row, _) -> row.getString("address"))
                .list();
    }
}
