package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relevo.support.SharedData;

/** Mails that were cut, flipped and doubled at random: none stops the reading. */
class BrokenMailTests {

    private static final int ROUNDS = 5_000;
    private static final int LARGEST = 300_000;

    @Test
    void noDamageStopsTheReader() {
        var mails = SharedData.mails().stream()
                .map(SharedData::bytes)
                .filter(mail -> mail.length > 0 && mail.length < LARGEST)
                .toList();
        var random = new Random(20_261_122);
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = damaged(mails.get(random.nextInt(mails.size())), random);
            var mail = MailParser.read(damaged);
            assertThat(mail.readable() || mail.text().isEmpty()).isTrue();
            assertThat(TextsOf.mail(mail)).noneMatch(text -> text.contains("\0"));
        }
    }

    private static byte[] damaged(byte[] mail, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(mail, random.nextInt(mail.length + 1));
            case 1 -> flipped(mail, random);
            case 2 -> doubled(mail, random);
            default -> flipped(doubled(Arrays.copyOf(mail, random.nextInt(mail.length) + 1), random), random);
        };
    }

    private static byte[] flipped(byte[] mail, Random random) {
        var flipped = mail.clone();
        for (int flips = 1 + random.nextInt(30); flips > 0; flips--) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
        }
        return flipped;
    }

    /** A piece of it stands twice. */
    private static byte[] doubled(byte[] mail, Random random) {
        var from = random.nextInt(mail.length);
        var to = from + random.nextInt(mail.length - from + 1);
        var doubled = Arrays.copyOf(mail, mail.length + to - from);
        System.arraycopy(mail, from, doubled, to, mail.length - from);
        return doubled;
    }

    @Test
    void theWholeCollectionIsReadAtSpeed() {
        var mails = SharedData.mails().stream().map(SharedData::bytes).toList();
        mails.forEach(MailParser::read);
        var bytes = mails.stream().mapToLong(mail -> mail.length).sum();
        var begun = System.nanoTime();
        mails.forEach(MailParser::read);
        var taken = Duration.ofNanos(System.nanoTime() - begun);

        System.out.printf(
                "%d mails, %.1f MB, %d ms: %.0f MB/s%n",
                mails.size(), bytes / 1e6, taken.toMillis(), bytes / 1e3 / Math.max(1, taken.toMillis()));
        assertThat(taken).isLessThan(Duration.ofSeconds(30));
    }
}
