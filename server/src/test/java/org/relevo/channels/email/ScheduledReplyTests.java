package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.support.Api;
import org.relevo.support.Conversation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShops;

/** Replies that wait for a day that their writer chose. */
@RelevoTest
class ScheduledReplyTests {

    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final ScriptedShop shop;

    ScheduledReplyTests(TestShops shops, Mailboxes mailboxes) {
        shop = ScriptedShop.open(shops, mailboxes, smtp.port());
    }

    @AfterEach
    void closeTheServer() throws Exception {
        smtp.close();
    }

    @Test
    void itWaitsForItsTimeAndSaysSo() {
        var conversation = shop.conversation();

        schedule(conversation, TOMORROW);

        var delivery = conversation.delivery("queued");
        assertThat(Instant.parse(delivery.path("scheduledAt").asString()))
                .isCloseTo(TOMORROW, within(1, ChronoUnit.MILLIS));
        assertThat(delivery.path("cancellableUntil").isNull()).isFalse();
        assertThat(smtp.mails()).isEmpty();
    }

    @Test
    void itLeavesAtOnceWhenSomebodyWantsItNow() {
        var conversation = shop.conversation();
        var reply = schedule(conversation, TOMORROW);

        change(conversation, reply, "send-now").ok();

        conversation.delivery("sent");
        assertThat(smtp.mails()).hasSize(1);
    }

    @Test
    void itLeavesAtAnotherTimeWhenSomebodyChangesIt() {
        var conversation = shop.conversation();
        var reply = schedule(conversation, TOMORROW);

        reschedule(conversation, reply, Instant.now().plusSeconds(1)).ok();

        conversation.delivery("sent");
    }

    @Test
    void itNeverLeavesOnceItIsCancelled() {
        var conversation = shop.conversation();
        var reply = schedule(conversation, TOMORROW);

        conversation.cancel(reply).ok();

        assertThat(conversation.delivery("cancelled").path("scheduledAt").isNull())
                .isTrue();
        assertThat(change(conversation, reply, "send-now").problem()).isEqualTo("already-sent");
    }

    @Test
    void aCustomerWhoWritesMeanwhileHoldsItUntilAPersonSendsIt() {
        var conversation = shop.conversation();
        var reply = schedule(conversation, TOMORROW);

        shop.customerWritesAgain("ana@customer.example");

        var delivery = conversation.delivery("held");
        assertThat(delivery.path("detail").asString()).startsWith("The customer wrote meanwhile");
        assertThat(conversation.status()).isEqualTo("open");
        change(conversation, reply, "send-now").ok();
        conversation.delivery("sent");
    }

    @Test
    void aNoteThatTheyAreAwayHoldsNothing() {
        var conversation = shop.conversation("ana@customer.example");
        var reply = schedule(conversation, TOMORROW);

        shop.customerIsAway("ana@customer.example");

        conversation.messages(2);
        assertThat(conversation.delivery("queued").path("scheduledAt").isNull()).isFalse();
        change(conversation, reply, "send-now").ok();
        conversation.delivery("sent");
    }

    @Test
    void aHeldOneStaysWhenItsTimeComes() {
        var conversation = shop.conversation();
        var reply = schedule(conversation, TOMORROW);
        shop.customerWritesAgain("ana@customer.example");
        conversation.delivery("held");

        conversation.cancel(reply).ok();

        conversation.delivery("cancelled");
        assertThat(smtp.mails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 367L * 24 * 3600})
    void aTimeThatIsPastOrTooFarIsRefused(long seconds) {
        var conversation = shop.conversation();

        var answer = shop.shop()
                .api()
                .post(
                        "/tickets/" + conversation.id() + "/replies",
                        Map.of(
                                "text",
                                "Hola",
                                "sendAt",
                                Instant.now().plusSeconds(seconds).toString()));

        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/sendAt");
    }

    private String schedule(Conversation conversation, Instant at) {
        return conversation.reply(Map.of("text", "Hola", "sendAt", at.toString()));
    }

    private Api.Answer change(Conversation conversation, String reply, String what) {
        return shop.shop().api().post("/tickets/" + conversation.id() + "/replies/" + reply + "/" + what, Map.of());
    }

    private Api.Answer reschedule(Conversation conversation, String reply, Instant at) {
        return shop.shop()
                .api()
                .put(
                        "/tickets/" + conversation.id() + "/replies/" + reply + "/schedule",
                        Map.of("sendAt", at.toString()));
    }
}
