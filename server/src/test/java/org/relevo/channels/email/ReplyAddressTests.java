package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.MailboxId;
import org.relevo.platform.Workspace;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;

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

    private static final AtomicInteger SENDERS = new AtomicInteger();

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
        var borders = LongStream.of(1, 35, 36, 999_999_999_999L);
        var random = new Random(1).longs(2_000, 1, 1L << 40);

        LongStream.concat(borders, random).forEach(ticket -> {
            var address = addressOf(ticket);
            assertThat(address).isEqualTo(address.toLowerCase(Locale.ROOT)).endsWith("@shop.example");
            assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
            assertThat(read(address)).contains(ticket);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hola", "atencionalcliente", "postventa.y.devoluciones", "kundenservice-deutschland-ost"})
    void everyNameThatShopsGiveTheirMailboxesHasRoomForAMillionTickets(String name) {
        var address = shop.inside(() -> addresses.of(name + "@shop.example", 1_600_000));

        assertThat(address)
                .hasValueSatisfying(found -> assertThat(found.indexOf('@')).isLessThanOrEqualTo(64));
        assertThat(address.flatMap(this::read)).contains(1_600_000L);
    }

    @Test
    void aDomainWithAnyLettersIsReadHoweverItIsWritten() {
        var address = shop.inside(() -> addresses.of("hola@ñandú.example", 7)).orElseThrow();

        assertThat(read(address)).contains(7L);
        assertThat(read(address.replace("ñandú", "xn--and-6ma2c"))).contains(7L);
    }

    @Test
    void noAddressThatWasTouchedIsBelieved() {
        LongStream.range(1_000, 1_200)
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
                address.substring(0, dot - 1) + (address.charAt(dot - 1) == '0' ? '1' : '0') + address.substring(dot),
                address.replace("+c", "+c0"),
                address.replace("+c", "+c1"),
                address.replace("+c", "+czzzzzzzzzzzz"),
                address.replace("@shop.example", "@other.example"),
                address.replace("@shop.example", "@shop.example."),
                address.replace(signature, signature.substring(1) + signature.charAt(0)),
                address.replace(signature, signature.toUpperCase(Locale.ROOT)));
    }

    @Test
    void anAddressOfOneShopLeadsNowhereInAnother() {
        var address = addressOf(1042);
        var other = shops.open();

        assertThat(Workspace.call(other.id(), () -> addresses.read(nextSender(), List.of(address))))
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
        var envelope = shop.inside(() -> addresses.envelope(MAILBOX, 8_512));

        assertThat(bounced(envelope)).contains(8_512L);
        assertThat(read(envelope)).isEmpty();
        forgeriesOf(envelope)
                .filter(forged -> !forged.equals(envelope))
                .forEach(forged -> assertThat(bounced(forged)).as(forged).isEmpty());
        assertThat(bounced(addressOf(8_512))).isEmpty();
    }

    @Test
    void tenThousandGuessesFindNothing() {
        var numbers = new Random(2);
        var guesses = Stream.generate(() -> "hello+c" + place(numbers) + "." + digits(numbers) + "@shop.example")
                .limit(10_000);

        assertThat(guesses.filter(guess -> read(guess).isPresent())).isEmpty();
    }

    @Test
    void whoWasWrongTooOftenIsNotTriedAnyMoreAndOthersAre() {
        var right = addressOf(1042);
        var wrong = right.replace("+c", "+c1");
        var guesses = Stream.generate(() -> wrong).limit(20).toList();

        assertThat(readFrom("eve@mail.example", guesses)).isEmpty();
        assertThat(readFrom("eve@mail.example", List.of(right))).contains(1042L);
        assertThat(readFrom("eve@mail.example", List.of(wrong, right))).isEmpty();
        assertThat(readFrom("eve@mail.example", List.of(right))).isEmpty();
        assertThat(readFrom("ana@mail.example", List.of(right))).contains(1042L);
    }

    @Test
    void aNameTooLongForASignedAddressIsAnsweredAtTheMailboxItself() {
        var longest = named("x".repeat(35) + "@shop.example");
        var tooLong = named("x".repeat(36) + "@shop.example");

        assertThat(shop.inside(() -> addresses.envelope(longest, 1)).indexOf('@'))
                .isEqualTo(64);
        assertThat(shop.inside(() -> addresses.envelope(tooLong, 1))).isEqualTo(tooLong.address());
        assertThat(shop.inside(() -> addresses.of(tooLong.address(), 1))).isEmpty();
        assertThat(shop.inside(() -> addresses.of("hello+sale@shop.example", 1)))
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

    private static String place(Random numbers) {
        return Long.toString(numbers.nextLong(1, 1L << 30), 36);
    }

    private static Mailbox named(String address) {
        return new Mailbox(MAILBOX.id(), address, "Shop", SERVER, SERVER, "hello", null, 0, true, MAILBOX.health());
    }

    private Optional<Long> bounced(String address) {
        return shop.inside(() -> addresses.bounced(nextSender(), List.of("other@shop.example", address)));
    }

    private boolean ours(String id) {
        return shop.inside(() -> addresses.isOurs(id));
    }

    private String addressOf(long ticket) {
        return shop.inside(() -> addresses.of(MAILBOX.address(), ticket)).orElseThrow();
    }

    private Optional<Long> read(String address) {
        return readFrom(nextSender(), List.of("other@shop.example", address));
    }

    private Optional<Long> readFrom(String sender, List<String> recipients) {
        return shop.inside(() -> addresses.read(sender, recipients));
    }

    /** Each look is somebody else's, so that nobody is stopped for guessing. */
    private static String nextSender() {
        return SENDERS.incrementAndGet() + "@mail.example";
    }
}
