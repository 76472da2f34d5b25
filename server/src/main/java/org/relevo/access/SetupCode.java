package org.relevo.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.relevo.platform.KeyRing;
import org.springframework.stereotype.Component;

/** Proves that whoever sets up this installation can read what it printed at its start. */
@Component
public class SetupCode {

    private final String code;

    SetupCode(KeyRing keys) {
        code = keys.password("setup-code").substring(0, 16);
    }

    public String text() {
        return code;
    }

    public boolean matches(String given) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
