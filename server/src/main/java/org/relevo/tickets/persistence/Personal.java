package org.relevo.tickets.persistence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.PersonId;
import org.relevo.platform.Workspace;
import org.relevo.tickets.TicketId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What each person has of a ticket for themselves: what they have read, what they are writing. */
@Repository
public class Personal {

    /**
     * Something half written.
     *
     * @param letter absent for the usual
     */
    public record Draft(
            String mode,
            String text,
            List<UUID> files,
            @Nullable Letter letter,
            Instant savedAt) {}

    /** To whom, as whom and when it would go: the addresses as they were typed so far. */
    public record Letter(
            String to,
            String cc,
            String bcc,
            @Nullable UUID sender,
            boolean signed,
            @Nullable Instant sendAt) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Personal(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public void read(PersonId person, TicketId ticket, Instant at) {
        jdbc.sql("""
                insert into tickets.reads (workspace_id, person_id, ticket_id, at)
                values (:workspace, :person, :ticket, :at) on conflict (person_id, ticket_id) do update set at = :at
                """)
                .param("workspace", Workspace.required().value())
                .param("person", person.value())
                .param("ticket", ticket.value())
                .param("at", Timestamp.from(at))
                .update();
    }

    public Optional<Draft> draft(PersonId person, TicketId ticket, String mode) {
        return jdbc.sql("""
                select mode, text, attachment_ids, letter, saved_at from tickets.drafts
                where workspace_id = platform.current_workspace() and person_id = :person and ticket_id = :ticket
                  and mode = :mode
                """)
                .param("person", person.value())
                .param("ticket", ticket.value())
                .param("mode", mode)
                .query((row, _) -> new Draft(
                        row.getString("mode"),
                        row.getString("text"),
                        List.of((UUID[]) row.getArray("attachment_ids").getArray()),
                        letter(row.getString("letter")),
                        row.getTimestamp("saved_at").toInstant()))
                .optional();
    }

    private @Nullable Letter letter(@Nullable String stored) {
        return stored == null ? null : json.readValue(stored, Letter.class);
    }

    public void save(PersonId person, TicketId ticket, Draft draft) {
        jdbc.sql("""
                insert into tickets.drafts (workspace_id, person_id, ticket_id, mode, text, attachment_ids, letter,
                  saved_at)
                values (:workspace, :person, :ticket, :mode, :text, :files, :letter::jsonb, :at)
                on conflict (person_id, ticket_id, mode) do update set text = :text, attachment_ids = :files,
                  letter = excluded.letter, saved_at = :at
                """)
                .param("workspace", Workspace.required().value())
                .param("person", person.value())
                .param("ticket", ticket.value())
                .param("mode", draft.mode())
                .param("text", draft.text())
                .param("files", draft.files().toArray(UUID[]::new))
                .param("letter", draft.letter() == null ? null : json.writeValueAsString(draft.letter()))
                .param("at", Timestamp.from(draft.savedAt()))
                .update();
    }

    public void discard(PersonId person, TicketId ticket, String mode) {
        jdbc.sql("""
                delete from tickets.drafts
                where workspace_id = platform.current_workspace() and person_id = :person and ticket_id = :ticket
                  and mode = :mode
                """)
                .param("person", person.value())
                .param("ticket", ticket.value())
                .param("mode", mode)
                .update();
    }
}
