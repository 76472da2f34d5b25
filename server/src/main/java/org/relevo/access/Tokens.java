package org.relevo.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.access.domain.ApiToken;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Secrets;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** API tokens of the running workspace. A token belongs to one workspace and is shown once. */
@Service
public class Tokens {

    /** A token, without its secret. */
    public record Token(
            UUID id,
            String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    /** A token the moment it is made: the only time its secret is told. */
    public record NewToken(Token token, String secret) {}

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Secrets secrets;

    Tokens(JdbcClient jdbc, Clock clock, Secrets secrets) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.secrets = secrets;
    }

    @Transactional
    public NewToken create(String name, @Nullable PersonId by) {
        var token = new ApiToken(Workspace.required(), secrets.random());
        var made = new Token(Uuid7.next(), name, clock.instant(), null);
        jdbc.sql("""
                insert into access.tokens (id, workspace_id, name, digest, created_by, created_at)
                values (:id, :workspace, :name, :digest, :by, :at)
                """)
                .param("id", made.id())
                .param("workspace", Workspace.required().value())
                .param("name", name)
                .param("digest", Secrets.digest(token.secret()))
                .param("by", by == null ? null : by.value())
                .param("at", Timestamp.from(made.createdAt()))
                .update();
        return new NewToken(made, token.text());
    }

    @Transactional(readOnly = true)
    public List<Token> all() {
        return jdbc.sql("""
                select id, name, created_at, last_used_at from access.tokens
                where workspace_id = platform.current_workspace() and revoked_at is null order by created_at
                """)
                .query((row, _) -> new Token(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getTimestamp("created_at").toInstant(),
                        instant(row.getTimestamp("last_used_at"))))
                .list();
    }

    /** Ends a token; the next request with it is refused. */
    @Transactional
    public void revoke(UUID id) {
        var revoked = jdbc.sql("""
                update access.tokens set revoked_at = :now
                where workspace_id = platform.current_workspace() and id = :id and revoked_at is null
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
        if (revoked == 0) {
            throw ProblemException.notFound();
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
