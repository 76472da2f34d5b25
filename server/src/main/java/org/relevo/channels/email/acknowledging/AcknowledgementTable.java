package org.relevo.channels.email.acknowledging;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relevo.channels.email.acknowledging.AnswerGuard.Before;
import org.relevo.platform.Reason;
import org.relevo.platform.Texts;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code channels.acknowledgements}. Methods run in their caller's transaction. */
@Repository
class AcknowledgementTable {

    private final JdbcClient jdbc;
    private final Texts texts;

    AcknowledgementTable(JdbcClient jdbc, Texts texts) {
        this.jdbc = jdbc;
        this.texts = texts;
    }

    /** What was decided before for this sender, this conversation and everybody. */
    Before before(String address, TicketId ticket, Instant now) {
        return jdbc.sql("""
                with mine as (select at, ticket_id, withheld from channels.acknowledgements
                  where workspace_id = platform.current_workspace() and address = :address and at > cast(:now as timestamptz) - interval '1 day')
                select count(*) filter (where withheld is null and at > cast(:now as timestamptz) - interval '1 hour') as to_address,
                       count(*) filter (where at > cast(:now as timestamptz) - interval '10 minutes') as ten,
                       count(*) filter (where at > cast(:now as timestamptz) - interval '30 minutes') as thirty,
                       count(*) filter (where at > cast(:now as timestamptz) - interval '60 minutes') as sixty,
                       coalesce(bool_or(withheld is null and ticket_id = :ticket), false) as in_conversation,
                       (select count(*) from channels.acknowledgements
                        where workspace_id = platform.current_workspace() and domain = :domain and withheld is null
                          and at > cast(:now as timestamptz) - interval '1 hour') as to_domain,
                       (select count(*) from channels.acknowledgements
                        where workspace_id = platform.current_workspace() and withheld is null
                          and at > cast(:now as timestamptz) - interval '1 hour') as to_all
                from mine
                """)
                .param("address", address)
                .param("domain", domain(address))
                .param("ticket", ticket.value())
                .param("now", Timestamp.from(now))
                .query((row, _) -> new Before(
                        row.getInt("to_address"),
                        row.getInt("to_domain"),
                        row.getInt("to_all"),
                        List.of(row.getInt("ten") + 1, row.getInt("thirty") + 1, row.getInt("sixty") + 1),
                        row.getBoolean("in_conversation")))
                .single();
    }

    /** Keeps what was decided; {@code withheld} says why no answer went. */
    void decided(String address, TicketId ticket, Instant at, @Nullable Reason withheld) {
        jdbc.sql("""
                insert into channels.acknowledgements (id, workspace_id, ticket_id, address, domain, at, withheld)
                values (:id, :workspace, :ticket, :address, :domain, :at, :withheld::jsonb)
                """)
                .param("id", Uuid7.next())
                .param("workspace", Workspace.required().value())
                .param("ticket", ticket.value())
                .param("address", address)
                .param("domain", domain(address))
                .param("at", Timestamp.from(at))
                .param("withheld", withheld == null ? null : texts.write(withheld))
                .update();
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }
}
