package org.relevo.access.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.relevo.access.PersonId;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passwords: Argon2id with 19 MiB, 2 passes, 1 lane (OWASP's floor), at most two at a time, so that a flood of sign-ins
 * cannot take the machine. Addresses are looked up by a keyed digest.
 */
@Service
public class Credentials {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;
    private static final String PURPOSE = "sign-in address";

    private final Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Semaphore atOnce = new Semaphore(2, true);
    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final String nobody;

    Credentials(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.nobody = String.valueOf(argon.encode(secrets.random()));
    }

    /**
     * The hash to keep of a new password.
     *
     * @throws ProblemException {@code invalid-request} if it is shorter than 10 or longer than 200 characters
     */
    public String hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw ProblemException.invalid("/password", "field.password-length", String.valueOf(SHORTEST));
        }
        return inTurn(() -> String.valueOf(argon.encode(password)));
    }

    /** Whose address and password these are. Takes as long for an address that nobody has. */
    @Transactional(readOnly = true)
    public Optional<PersonId> verify(String email, String password) {
        record Known(UUID person, String hash) {}
        var known = jdbc.sql("select person_id, password_hash from access.credentials where email_key = :key")
                .param("key", key(email))
                .query((row, _) -> new Known(row.getObject("person_id", UUID.class), row.getString("password_hash")))
                .optional();
        var hash = known.map(Known::hash).orElse(nobody);
        var matches = password.length() <= LONGEST && inTurn(() -> argon.matches(password, hash));
        return known.filter(_ -> matches).map(found -> new PersonId(found.person()));
    }

    /** Who signs in with {@code email}. */
    @Transactional(readOnly = true)
    public Optional<PersonId> personOf(String email) {
        return jdbc.sql("select person_id from access.credentials where email_key = :key")
                .param("key", key(email))
                .query(UUID.class)
                .optional()
                .map(PersonId::new);
    }

    @Transactional
    public void add(String email, PersonId person, String hash) {
        jdbc.sql("insert into access.credentials (email_key, person_id, password_hash) values (:key, :person, :hash)")
                .param("key", key(email))
                .param("person", person.value())
                .param("hash", hash)
                .update();
    }

    private byte[] key(String email) {
        return secrets.sign(email.strip().toLowerCase(Locale.ROOT), PURPOSE).getBytes(StandardCharsets.US_ASCII);
    }

    private <T> T inTurn(java.util.function.Supplier<T> work) {
        atOnce.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            atOnce.release();
        }
    }
}
