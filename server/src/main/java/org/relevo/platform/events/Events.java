package org.relevo.platform.events;

import java.util.List;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The order of record: an append-only table per workspace, read from a cursor without gaps. An event is readable once
 * every older transaction has ended, so a reader never skips one that commits late.
 */
@Service
public class Events {

    /** An event and where it stands. */
    public record Recorded(EventCursor cursor, Event event) {}

    private final JdbcClient jdbc;
    private final Doorbell doorbell;

    Events(JdbcClient jdbc, Doorbell doorbell) {
        this.jdbc = jdbc;
        this.doorbell = doorbell;
    }

    /** Records {@code event} in the running transaction; listeners are woken after its commit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(Event event) {
        var workspace = Workspace.required();
        jdbc.sql("""
                insert into platform.events (workspace_id, kind, subject_id, entry_id, entry_kind, actor_id)
                values (:workspace, :kind, :subject, :entry, :entryKind, :actor)
                """)
                .param("workspace", workspace.value())
                .param("kind", event.kind())
                .param("subject", event.subject())
                .param("entry", event.entry())
                .param("entryKind", event.entryKind())
                .param("actor", event.actor())
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                doorbell.ring(workspace);
            }
        });
    }

    /** At most {@code limit} events of the running workspace after {@code cursor}, in their order. */
    @Transactional(readOnly = true)
    public List<Recorded> after(EventCursor cursor, int limit) {
        return jdbc.sql("""
                select tx::text::bigint as tx, number, kind, subject_id, entry_id, entry_kind, actor_id
                from platform.events
                where workspace_id = platform.current_workspace()
                  and (tx, number) > (:tx::text::xid8, :number)
                  and tx < pg_snapshot_xmin(pg_current_snapshot())
                order by tx, number
                limit :limit
                """)
                .param("tx", String.valueOf(cursor.transaction()))
                .param("number", cursor.number())
                .param("limit", limit)
                .query((row, _) -> new Recorded(
                        new EventCursor(row.getLong("tx"), row.getLong("number")),
                        new Event(
                                row.getString("kind"),
                                row.getObject("subject_id", java.util.UUID.class),
                                row.getObject("entry_id", java.util.UUID.class),
                                row.getString("entry_kind"),
                                row.getObject("actor_id", java.util.UUID.class))))
                .list();
    }

    /** Whether events of the running workspace wait behind a transaction that has not ended. */
    @Transactional(readOnly = true)
    public boolean heldBack() {
        return jdbc.sql("""
                select exists (select 1 from platform.events
                  where workspace_id = platform.current_workspace() and tx >= pg_snapshot_xmin(pg_current_snapshot()))
                """).query(Boolean.class).single();
    }

    /** The place after everything that is readable now in the running workspace. */
    @Transactional(readOnly = true)
    public EventCursor now() {
        var before = jdbc.sql("select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)")
                .query(Long.class)
                .single();
        return new EventCursor(before, Long.MAX_VALUE);
    }
}
