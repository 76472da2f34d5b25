package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;

/** How often somebody may be wrong about a signed address. */
class SignatureGuessesTests {

    private static final WorkspaceId SHOP = new WorkspaceId(Uuid7.next());
    private static final WorkspaceId OTHER_SHOP = new WorkspaceId(Uuid7.next());
    private static final String EVE = "eve@mail.example";

    private final SetClock clock = new SetClock();
    private final SignatureGuesses guesses = new SignatureGuesses(clock);

    @Test
    void twentyInAnHourAreForgivenAndTheNextStopsThemForAnHour() {
        wrong(20);
        assertThat(mayTry(SHOP, EVE)).isTrue();

        wrong(1);

        assertThat(mayTry(SHOP, EVE)).isFalse();
        clock.pass(Duration.ofMinutes(59));
        assertThat(mayTry(SHOP, EVE)).isFalse();
        clock.pass(Duration.ofMinutes(1));
        assertThat(mayTry(SHOP, EVE)).isTrue();
    }

    @Test
    void whatWasWrongLongerThanAnHourAgoIsForgotten() {
        wrong(20);
        clock.pass(Duration.ofHours(1));

        wrong(20);

        assertThat(mayTry(SHOP, EVE)).isTrue();
    }

    @Test
    void othersAndOtherShopsAreNotStopped() {
        wrong(21);

        assertThat(mayTry(SHOP, "ana@mail.example")).isTrue();
        assertThat(mayTry(OTHER_SHOP, EVE)).isTrue();
    }

    @Test
    void onlyTheLastTenThousandAreRemembered() {
        wrong(21);

        IntStream.range(0, 10_000).forEach(place -> Workspace.run(SHOP, () -> guesses.wrong(place + "@mail.example")));

        assertThat(mayTry(SHOP, EVE)).isTrue();
    }

    private void wrong(int times) {
        IntStream.range(0, times).forEach(_ -> Workspace.run(SHOP, () -> guesses.wrong(EVE)));
    }

    private boolean mayTry(WorkspaceId shop, String sender) {
        return Workspace.call(shop, () -> guesses.mayTry(sender));
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-03-27T10:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
