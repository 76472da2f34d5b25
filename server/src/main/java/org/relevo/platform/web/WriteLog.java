package org.relevo.platform.web;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which writes were asked for under which key, and what was answered. */
@Repository
public class WriteLog {

    /** Request attribute that tells who writes. */
    public static final String ACTOR = "relevo.actor";

    /** What is known of an earlier try. */
    sealed interface Earlier {

        record None() implements Earlier {}

        record Done(int status, String contentType, byte[] body) implements Earlier {}

        /** The key was used for something else. */
        record Other() implements Earlier {}

        /** The first try is still running, or broke off. */
        record Unfinished() implements Earlier {}
    }

    private record Row(byte[] request, @Nullable Integer status, String contentType, byte[] body) {}

    private final JdbcClient jdbc;

    WriteLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins a write, unless it was begun before; keys of the actor that are older than two days are forgotten. */
    @Transactional
    public Earlier begin(UUID actor, String key, byte[] request) {
        jdbc.sql("""
                delete from platform.idempotent_writes
                where workspace_id = platform.current_workspace() and actor_id = :actor and at < now() - interval '2 days'
                """).param("actor", actor).update();
        var fresh = jdbc.sql("""
                insert into platform.idempotent_writes (workspace_id, actor_id, key, request)
                values (:workspace, :actor, :key, :request) on conflict do nothing
                """)
                .param("workspace", Workspace.required().value())
                .param("actor", actor)
                .param("key", key)
                .param("request", request)
                .update();
        return fresh == 1 ? new Earlier.None() : earlier(actor, key, request);
    }

    private Earlier earlier(UUID actor, String key, byte[] request) {
        var row = jdbc.sql("""
                select request, status, coalesce(content_type, 'null') as content_type, coalesce(body, '') as body
                from platform.idempotent_writes
                where workspace_id = platform.current_workspace() and actor_id = :actor and key = :key
                """)
                .param("actor", actor)
                .param("key", key)
                .query((found, _) -> new Row(
                        found.getBytes("request"),
                        (Integer) found.getObject("status"),
                        found.getString("content_type"),
                        found.getBytes("body")))
                .single();
        if (!Arrays.equals(row.request(), request)) {
            return new Earlier.Other();
        }
        return row.status() == null
                ? new Earlier.Unfinished()
                : new Earlier.Done(row.status(), row.contentType(), row.body());
    }

    @Transactional
    public void finish(UUID actor, String key, int status, String contentType, byte[] body) {
        jdbc.sql("""
                update platform.idempotent_writes set status = :status, content_type = :contentType, body = :body
                where workspace_id = platform.current_workspace() and actor_id = :actor and key = :key
                """)
                .param("status", status)
                .param("contentType", contentType)
                .param("body", body)
                .param("actor", actor)
                .param("key", key)
                .update();
    }

    /** The try failed by our fault: the next one is a first one again. */
    @Transactional
    public void forget(UUID actor, String key) {
        jdbc.sql("""
                delete from platform.idempotent_writes
                where workspace_id = platform.current_workspace() and actor_id = :actor and key = :key
                """).param("actor", actor).param("key", key).update();
    }
}
