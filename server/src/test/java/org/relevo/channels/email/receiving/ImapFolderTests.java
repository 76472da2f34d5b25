package org.relevo.channels.email.receiving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relevo.channels.email.MailAccount;
import org.relevo.channels.email.MailServer;
import org.relevo.channels.email.receiving.ImapFolder.Fetched;
import org.relevo.channels.email.receiving.ImapFolder.Listed;
import org.relevo.support.Dovecot;

/** What a folder of a real Dovecot says. */
class ImapFolderTests {

    private static Dovecot dovecot;

    @BeforeAll
    static void open() {
        dovecot = Dovecot.start();
    }

    @AfterAll
    static void close() {
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void aMailThatIsDeletedBetweenListingAndFetchingIsLeftOut() throws MessagingException {
        var account = with("one@shop.example", "first", "second", "third");
        try (var line = ImapConnection.open(account);
                var folder = line.open("INBOX")) {
            var listed = folder.list(uids(folder));
            delete(account, 2);

            var fetched = folder.fetch(listed.stream().map(Listed::uid).toList(), 1_000);

            assertThat(fetched).extracting(Fetched::uid).containsExactly(1L, 3L);
            assertThat(folder.list(List.of(2L))).isEmpty();
        }
    }

    @Test
    void bytesAreExactWholeAndInPieces() throws MessagingException {
        var account = with("two@shop.example", "a letter of some length");
        try (var line = ImapConnection.open(account);
                var folder = line.open("INBOX")) {
            var whole = new String(folder.fetch(List.of(1L), 1_000).getFirst().raw(), UTF_8);

            assertThat(whole).isEqualTo("Subject: a letter of some length\r\n\r\nHola");
            assertThat(text(folder, 0) + text(folder, 20) + text(folder, 40)).isEqualTo(whole);
            assertThat(text(folder, 60)).isEmpty();
            assertThat(new String(folder.head(1).orElseThrow(), UTF_8))
                    .isEqualTo("Subject: a letter of some length\r\n\r\n");
        }
    }

    private static String text(ImapFolder folder, long offset) throws MessagingException {
        return new String(folder.piece(1, offset, 20).orElseThrow(), UTF_8);
    }

    @Test
    void theModificationSequenceMovesWhenAMailComes() throws MessagingException {
        var account = with("three@shop.example", "first");
        try (var line = ImapConnection.open(account);
                var folder = line.open("INBOX")) {
            var before = folder.standing("Pedidos").orElseThrow();
            var same = folder.standing("Pedidos").orElseThrow();
            dovecot.deliver("three@shop.example", "Pedidos", "Subject: x\r\n\r\n".getBytes(UTF_8));
            var after = folder.standing("Pedidos").orElseThrow();

            assertThat(before.highestModSeq()).isPositive().isEqualTo(same.highestModSeq());
            assertThat(after.highestModSeq()).isGreaterThan(before.highestModSeq());
            assertThat(folder.standing("Nowhere")).isEmpty();
        }
    }

    private static List<Long> uids(ImapFolder folder) throws MessagingException {
        return LongStream.of(folder.after(0)).boxed().toList();
    }

    private static MailAccount with(String address, String... subjects) {
        for (var subject : subjects) {
            dovecot.deliver(address, "Subject: " + subject + "\n\nHola");
        }
        var server = new MailServer("127.0.0.1", dovecot.port(), MailServer.Security.NONE);
        return new MailAccount(server, server, address, Dovecot.password());
    }

    /** As another mail program does. */
    private static void delete(MailAccount account, long uid) throws MessagingException {
        try (var store = Session.getInstance(account.imapProperties()).getStore("imap")) {
            store.connect(account.username(), account.password());
            try (var inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                ((jakarta.mail.UIDFolder) inbox).getMessageByUID(uid).setFlag(Flags.Flag.DELETED, true);
                inbox.expunge();
            }
        }
    }
}
