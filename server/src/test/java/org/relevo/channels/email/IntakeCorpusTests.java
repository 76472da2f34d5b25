package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.relevo.channels.inbound.Arrival;
import org.relevo.channels.inbound.InboundStore;
import org.relevo.channels.inbound.InboundWorkers;
import org.relevo.platform.blobs.BlobId;
import org.relevo.platform.blobs.BlobStore;
import org.relevo.support.RelevoTest;
import org.relevo.support.SharedData;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every collected mail, stored as the reader stores it: nothing lost, nothing double, nothing stuck (R1). */
@RelevoTest
class IntakeCorpusTests {

    private final TestShops shops;
    private final MailboxTable mailboxes;
    private final InboundStore inbound;
    private final InboundWorkers workers;
    private final BlobStore blobs;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;

    IntakeCorpusTests(
            TestShops shops,
            MailboxTable mailboxes,
            InboundStore inbound,
            InboundWorkers workers,
            BlobStore blobs,
            TransactionTemplate transaction,
            JdbcClient jdbc) {
        this.shops = shops;
        this.mailboxes = mailboxes;
        this.inbound = inbound;
        this.workers = workers;
        this.blobs = blobs;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    @Test
    void everyMailIsOneMessageAndAddsNothingWhenItComesAgain() {
        var mails = distinctMails();
        var shop = shops.openWithMailbox();

        deliver(shop, mails, "first");
        var before = counts(shop);
        assertThat(before).doesNotContainKey("failed");
        assertThat(before.getOrDefault("done", 0L) + before.getOrDefault("duplicate", 0L))
                .isEqualTo(mails.size());
        assertThat(before.get("messages")).isEqualTo(before.get("done"));
        assertThat(sourcesOf(shop)).isEqualTo(mails.keySet());
        rows(shop).forEach((id, blob) -> assertThat(rawOf(shop, id)).isEqualTo(mails.get(blob)));

        deliver(shop, mails, "again");
        var after = counts(shop);
        assertThat(after.get("messages")).isEqualTo(before.get("messages"));
        assertThat(after.get("tickets")).isEqualTo(before.get("tickets"));
        assertThat(after.get("done")).isEqualTo(before.get("done"));
    }

    private static Map<String, byte[]> distinctMails() {
        var mails = new HashMap<String, byte[]>();
        SharedData.mails().stream()
                .map(SharedData::bytes)
                .forEach(mail -> mails.put(BlobId.of(mail).hex(), mail));
        return mails;
    }

    private void deliver(TestShop shop, Map<String, byte[]> mails, String round) {
        shop.inside(() -> {
            var mailbox =
                    transaction.execute(_ -> mailboxes.all()).getFirst().id().value();
            blobs.keepAll(List.copyOf(mails.values()));
            return transaction.execute(_ -> {
                mails.forEach((name, mail) ->
                        inbound.add(new Arrival(mailbox, round + ":" + name, new BlobId(name), mail.length, null)));
                return mailbox;
            });
        });
        workers.hint(shop.id());
        await().atMost(Duration.ofMinutes(3)).until(() -> !counts(shop).containsKey("received"));
    }

    /** Arrivals by state, messages and tickets. */
    private Map<String, Long> counts(TestShop shop) {
        return shop.inside(() -> transaction.execute(_ -> {
            var counts = new HashMap<String, Long>();
            jdbc.sql("""
                    select state as what, count(*) as many from channels.inbound group by state
                    union all select 'messages', count(*) from tickets.messages
                    union all select 'tickets', count(*) from tickets.tickets
                    """).query(row -> {
                counts.put(row.getString("what"), row.getLong("many"));
            });
            return counts;
        }));
    }

    private Set<String> sourcesOf(TestShop shop) {
        return Set.copyOf(rows(shop).values());
    }

    private Map<UUID, String> rows(TestShop shop) {
        return shop.inside(() -> transaction.execute(_ -> {
            var rows = new HashMap<UUID, String>();
            jdbc.sql("select id, blob from channels.inbound").query(row -> {
                rows.put(row.getObject("id", UUID.class), row.getString("blob"));
            });
            return rows;
        }));
    }

    private static byte[] rawOf(TestShop shop, UUID id) {
        return shop.api().get("/inbound/" + id + "/raw").raw().body();
    }
}
