package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import org.relevo.tickets.TicketId;

@RelevoTest
class ReplyAddressTests {

    private static final MailServer SERVER = new MailServer("mail.shop.example", 993, MailServer.Security.TLS);
    private static final Mailbox MAILBOX = new Mailbox(
            new MailboxId(UUID.randomUUID()),
            "hello@shop.example",
            "Shop",
            SERVER,
            SERVER,
            "hello",
            null,
            0,
            true,
            new Mailbox.Health(Mailbox.State.OK, Instant.EPOCH, null, null));

    private final ReplyAddress addresses;
    private final TestShops shops;
    private final TestShop shop;

    ReplyAddressTests(ReplyAddress addresses, TestShops shops) {
        this.addresses = addresses;
        this.shops = shops;
        this.shop = shops.open();
    }

    @Test
    void everyTicketIsFoundByItsAddress() {
        var borders = Stream.of(new UUID(-1, -1), new UUID(Long.MIN_VALUE, 0), Uuid7.next());
        var random = Stream.generate(UUID::randomUUID).limit(2_000);

        Stream.concat(borders, random).map(TicketId::new).forEach(ticket -> {
            var address = addressOf(ticket);
            assertThat(address).isEqualTo(address.toLowerCase(Locale.ROOT)).endsWith("@shop.example");
            assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
            assertThat(read(address)).containsExactly(ticket);
        });
    }

    @Test
    void noAddressThatWasTouchedIsBelieved() {
        Stream.generate(UUID::randomUUID)
                .limit(200)
                .map(TicketId::new)
                .forEach(ticket -> forgeriesOf(addressOf(ticket))
                        .forEach(forged -> assertThat(read(forged)).as(forged).isEmpty()));
    }

    private static Stream<String> forgeriesOf(String address) {
        var at = address.indexOf('@');
        var dot = address.indexOf('.');
        var signature = address.substring(dot + 1, at);
        return Stream.of(
                address.substring(0, at - 1) + address.substring(at),
                address.substring(0, dot + 1) + address.substring(at),
                address.substring(0, dot) + address.substring(at),
                address.substring(0, at) + "0" + address.substring(at),
                address.substring(0, dot + 1) + "0".repeat(25) + address.substring(at),
                address.substring(0, dot + 1) + signature.substring(0, 16) + address.substring(at),
                address.replace(signature, signature.toUpperCase(Locale.ROOT) + "A"),
                address.replace("+c", "+b"),
                address.substring(0, dot + 1) + new StringBuilder(signature).reverse() + "x" + address.substring(at),
                address.replace("+c", "+C"),
                address.replace("+", "%2B"),
                address.replace(".", "%2E"),
                address.substring(0, at) + "%40shop.example",
                address.replace(signature, "%" + signature.substring(1)),
                address.substring(0, dot - 1) + (address.charAt(dot - 1) == '0' ? '1' : '0') + address.substring(dot));
    }

    @Test
    void anAddressOfOneShopLeadsNowhereInAnother() {
        var address = addressOf(new TicketId(UUID.randomUUID()));
        var other = shops.open();

        assertThat(Workspace.call(other.id(), () -> addresses.read(List.of(address))))
                .isEmpty();
    }

    @Test
    void aMessageIdOfOursIsKnownAndNoOther() {
        var id = shop.inside(() -> addresses.messageId(UUID.randomUUID(), MAILBOX));

        assertThat(ours(id)).isTrue();
        assertThat(ours(id.replaceAll("\\.[0-9a-f]{32}@", "." + "0".repeat(32) + "@")))
                .isFalse();
        assertThat(ours("<question@mail.example>")).isFalse();
    }

    @Test
    void aBounceIsFoundByTheEnvelopeSenderAndNothingElse() {
        var reply = UUID.randomUUID();
        var envelope = shop.inside(() -> addresses.envelope(MAILBOX, reply));

        assertThat(bounced(envelope)).contains(reply);
        assertThat(read(envelope)).isEmpty();
        forgeriesOf(envelope)
                .filter(forged -> !forged.equals(envelope))
                .forEach(forged -> assertThat(bounced(forged)).as(forged).isEmpty());
        assertThat(bounced(addressOf(new TicketId(reply)))).isEmpty();
    }

    @Test
    void tenThousandGuessesFindNothing() {
        var numbers = new Random(2);
        var guesses = Stream.generate(() -> "hello+c" + digits(numbers) + "." + digits(numbers) + "@shop.example")
                .limit(10_000);

        assertThat(guesses.filter(guess -> !read(guess).isEmpty())).isEmpty();
    }

    @Test
    void aNameTooLongForASignedAddressIsAnsweredAtTheMailboxItself() {
        var longest = named("elevenchars@shop.example");
        var tooLong = named("atencionalcliente@shop.example");

        assertThat(shop.inside(() -> addresses.envelope(longest, UUID.randomUUID())))
                .hasSizeGreaterThan(64)
                .matches(address -> address.indexOf('@') == 64);
        assertThat(shop.inside(() -> addresses.envelope(tooLong, UUID.randomUUID())))
                .isEqualTo(tooLong.address());
        assertThat(shop.inside(() -> addresses.of(tooLong, new TicketId(UUID.randomUUID()))))
                .isEmpty();
    }

    @Test
    void ourOwnMailIsKnownByItsHeaderAndAnotherShopsIsNot() {
        var header = shop.inside(addresses::instance);
        var other = shops.open();

        assertThat(shop.inside(() -> addresses.isOurInstance(" " + header))).isTrue();
        assertThat(shop.inside(() -> addresses.isOurInstance(header + "0"))).isFalse();
        assertThat(shop.inside(() -> addresses.isOurInstance(""))).isFalse();
        assertThat(Workspace.call(other.id(), () -> addresses.isOurInstance(header)))
                .isFalse();
    }

    private static String digits(Random numbers) {
        return new BigInteger(125, numbers).setBit(125).toString(36);
    }

    private static Mailbox named(String address) {
        return new Mailbox(MAILBOX.id(), address, "Shop", SERVER, SERVER, "hello", null, 0, true, MAILBOX.health());
    }

    private Optional<UUID> bounced(String address) {
        return shop.inside(() -> addresses.bounced(List.of("other@shop.example", address)));
    }

    private boolean ours(String id) {
        return shop.inside(() -> addresses.isOurs(id));
    }

    private String addressOf(TicketId ticket) {
        return shop.inside(() -> addresses.of(MAILBOX, ticket)).orElseThrow();
    }

    private List<TicketId> read(String address) {
        return shop.inside(() -> addresses.read(List.of("other@shop.example", address))).stream()
                .toList();
    }
}
