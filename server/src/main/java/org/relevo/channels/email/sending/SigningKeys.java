package org.relevo.channels.email.sending;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.relevo.platform.Secrets;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code channels.signing_keys}: for each domain an RSA and an Ed25519 key, the private halves sealed. */
@Repository
@Transactional
public class SigningKeys {

    private static final String PURPOSE = "dkim key";

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final Clock clock;

    SigningKeys(JdbcClient jdbc, Secrets secrets, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The domain's keys, RSA first. */
    @Transactional(readOnly = true)
    public List<DkimKey> of(String domain) {
        return keys(domain, "");
    }

    /** Those that sign now. */
    @Transactional(readOnly = true)
    public List<DkimKey> active(String domain) {
        return keys(domain, "and active");
    }

    private List<DkimKey> keys(String domain, String condition) {
        return jdbc.sql("""
                        select domain, selector, algorithm, private_key, public_key from channels.signing_keys
                        where workspace_id = platform.current_workspace() and domain = :domain %s order by algorithm desc
                        """.formatted(condition))
                .param("domain", domain.toLowerCase(Locale.ROOT))
                .query(this::key)
                .list();
    }

    /** Begins or stops to sign; makes the keys the first time. */
    public void sign(String domain, boolean active) {
        var plain = domain.toLowerCase(Locale.ROOT);
        if (active && of(plain).isEmpty()) {
            for (var kind : DkimKey.Kind.values()) {
                add(DkimKey.generate(plain, "relevo-" + kind.word(), kind));
            }
        }
        jdbc.sql("""
                update channels.signing_keys set active = :active
                where workspace_id = platform.current_workspace() and domain = :domain
                """).param("active", active).param("domain", plain).update();
    }

    private void add(DkimKey key) {
        jdbc.sql("""
                insert into channels.signing_keys (id, workspace_id, domain, selector, algorithm, private_key, public_key,
                  created_at)
                values (:id, :workspace, :domain, :selector, :algorithm, :private, :public, :now)
                """)
                .param("id", Uuid7.next())
                .param("workspace", Workspace.required().value())
                .param("domain", key.domain())
                .param("selector", key.selector())
                .param("algorithm", key.kind().word())
                .param("private", secrets.seal(Base64.getEncoder().encodeToString(key.privateKey()), PURPOSE))
                .param("public", key.publicKey())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private DkimKey key(ResultSet row, int number) throws SQLException {
        return new DkimKey(
                row.getString("domain"),
                row.getString("selector"),
                DkimKey.Kind.valueOf(row.getString("algorithm").toUpperCase(Locale.ROOT)),
                Base64.getDecoder().decode(secrets.open(row.getBytes("private_key"), PURPOSE)),
                row.getBytes("public_key"));
    }
}
