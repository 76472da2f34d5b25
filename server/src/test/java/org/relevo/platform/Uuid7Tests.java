package org.relevo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ids sort by birth, also those of one millisecond: a timeline is told in the order in which it happened. */
class Uuid7Tests {

    @Test
    void idsAscendHoweverFastTheyAreMade() {
        var ids = Stream.generate(Uuid7::next).limit(100_000).toList();

        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.comparing(UUID::toString));
    }

    @Test
    void theyAreOfVersionSevenAndOfTheRightVariant() {
        var id = Uuid7.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }
}
