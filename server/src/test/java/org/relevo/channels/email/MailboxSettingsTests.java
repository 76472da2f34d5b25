package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** What whoever connects a mailbox can say about it. */
@RelevoTest
class MailboxSettingsTests {

    private final TestShops shops;

    MailboxSettingsTests(TestShops shops) {
        this.shops = shops;
    }

    @Test
    void plusAddressesAreUsedOnlyWhereSomebodySaysThatTheyWork() {
        var shop = shops.open();

        var added = connect(shop, null);

        assertThat(added.path("plusAddressing").asBoolean()).isFalse();
    }

    @Test
    void whoSaysNothingAboutPlusAddressesLeavesThemAsTheyAre() {
        var shop = shops.open();
        var id = connect(shop, true).path("id").asString();

        var changed = shop.api().put("/mailboxes/" + id, mailbox(shop, null)).ok();
        assertThat(changed.path("plusAddressing").asBoolean()).isTrue();

        var switchedOff =
                shop.api().put("/mailboxes/" + id, mailbox(shop, false)).ok();
        assertThat(switchedOff.path("plusAddressing").asBoolean()).isFalse();
    }

    private static JsonNode connect(TestShop shop, @Nullable Boolean plus) {
        return shop.api().post("/mailboxes", mailbox(shop, plus)).ok();
    }

    private static Map<String, Object> mailbox(TestShop shop, @Nullable Boolean plus) {
        var server = Map.of("host", "127.0.0.1", "port", 1, "security", "none");
        var request = new HashMap<String, Object>(Map.of(
                "address", shop.mailbox(), "name", "Shop", "imap", server, "smtp", server, "password", "secret"));
        if (plus != null) {
            request.put("plusAddressing", plus);
        }
        return request;
    }
}
