package org.relevo.channels.inbound;

import java.util.UUID;

/** Where a mail lies at its server: unique as long as the folder keeps its UIDVALIDITY (RFC 9051, 2.3.1.1). */
public record Place(String folder, long uidValidity, long uid) {

    /** The key under which a mail of {@code mailbox} that lies here is stored, once. */
    public String transportKey(UUID mailbox) {
        return "imap:" + mailbox + ":" + folder + ":" + uidValidity + ":" + uid;
    }
}
