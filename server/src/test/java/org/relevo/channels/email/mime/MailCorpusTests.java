package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.platform.html.SafeHtml;
import org.relevo.platform.html.Shown;
import org.relevo.support.SharedData;

/** Every mail that others have collected: broken, hostile, endless. */
class MailCorpusTests {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);
    private static final Duration LONG_ENOUGH_FOR_A_BOMB = Duration.ofSeconds(5);

    static Stream<Path> mails() {
        return SharedData.mails().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void isReadInTimeAndShowsNothingHarmful(Path file) {
        var raw = SharedData.bytes(file);
        var begun = System.nanoTime();
        var mail = MailParser.read(raw);
        assertThat(TextsOf.mail(mail)).noneMatch(text -> text.contains("\0"));
        if (mail.html() != null) {
            Shown.isHarmless(SafeHtml.selfContained(mail.html()), "cid:");
        }
        var bomb = file.toString().endsWith(".gz");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(bomb ? LONG_ENOUGH_FOR_A_BOMB : LONG_ENOUGH);
    }
}
