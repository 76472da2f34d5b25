package org.relevo.channels.email.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.platform.Reason;
import org.relevo.support.SharedData;

/** Mails that were written to do harm: what they say is read, and no more. */
class HostileMailTests {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final long MOST_MEMORY = 256L * 1024 * 1024;

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            from-two-headers,        ana@customer.example
            from-two-mailboxes,      ana@customer.example
            from-displayname-addr,   evil@attacker.example
            from-group,              evil@attacker.example
            from-comment,            evil@attacker.example
            from-encodedword-crlf,   ana@customer.example
            from-agent-forged,       agent@shop.example
            eai-address,             客户@例子.example
            no-headers,              unknown@invalid
            empty,                   unknown@invalid
            only-nul,                unknown@invalid
            """)
    void namesAsTheAuthorWhoWroteAndNobodyElse(String file, String author) {
        assertThat(read(file).author().address()).isEqualTo(author);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            name-traversal,  x.pdf
            name-crlf,       x X-Injected: 1.pdf
            """)
    void theNameOfAFileIsNeitherAPathNorAHeader(String file, String name) {
        assertThat(read(file).parts().getFirst().name()).isEqualTo(name);
    }

    @Test
    void anEndlessNameIsCut() {
        assertThat(read("name-longext").parts().getFirst().name()).hasSizeLessThanOrEqualTo(255);
        assertThat(read("name-continuations").parts().getFirst().name()).startsWith("aaaa");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            boundary-missing,        hola
            boundary-never-closed,   hola
            boundary-regex,          hola
            cte-unknown,             hola
            charset-unknown,         ''
            no-headers,              hola sin cabeceras
            b64-garbage,             ''
            qp-garbage,              ''
            bare-cr,                 ''
            line-64KiB,              ''
            """)
    void whatIsMalformedIsReadAllTheSame(String file, String text) {
        assertThat(read(file).readable()).isTrue();
        assertThat(read(file).text()).isNotBlank().containsIgnoringCase(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            no-headers,  mail.without-headers
            empty,       mail.empty
            only-nul,    mail.empty
            """)
    void saysWhyThereIsNothingToRead(String file, String reason) {
        assertThat(read(file).problem()).map(Reason::code).hasValue(reason);
        assertThat(read(file).readable()).isEqualTo(!read(file).text().isEmpty());
    }

    @Test
    void ofTwoTypesTheFirstCounts() {
        assertThat(read("dup-content-type").html()).isNull();
        assertThat(read("dup-content-type").text()).contains("<script>");
    }

    @Test
    void isDecodedOnceAndNeverInDisguise() {
        assertThat(read("html-utf7").html()).contains("<script>");
        assertThat(read("html-badutf8").html()).contains("\uFFFD").doesNotContain("<script");
        assertThat(read("html-iso2022jp").html()).doesNotContain("\u001b");
        assertThat(read("html-nul").html()).doesNotContain("\0");
    }

    @Test
    void aCalendarOrACardIsAFile() {
        assertThat(read("ics-invite").parts()).extracting(ParsedMail.Part::type).contains("text/calendar");
        assertThat(read("vcard-attachment").parts()).isNotEmpty();
        assertThat(read("date-invalid").date()).isEmpty();
    }

    static Stream<Path> bombs() throws Exception {
        return Files.list(SharedData.at("security/own/bombs"))
                .filter(file -> file.toString().endsWith(".eml.gz"))
                .sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void aBombTakesNeitherTimeNorMemory(Path file) {
        var bomb = SharedData.bytes(file);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        MailParser.read(bomb);
        var memory = threads.getCurrentThreadAllocatedBytes();
        var mail = MailParser.read(bomb);
        var allocated = threads.getCurrentThreadAllocatedBytes() - memory;
        var taken = best(bomb);

        System.out.printf(
                "%-34s %6.2f MB %5d ms %5d MB allocated, %d characters, %d files, %s%n",
                file.getFileName(),
                bomb.length / 1e6,
                taken.toMillis(),
                allocated >> 20,
                mail.text().length(),
                mail.parts().size(),
                mail.problem().map(Reason::code));
        assertThat(taken).isLessThan(LONGEST);
        assertThat(allocated).isLessThan(MOST_MEMORY + 40L * bomb.length);
        assertThat(mail.author()).isNotEqualTo(ParsedMail.NOBODY);
    }

    /** The best of three: the machine has other things to do. */
    private static Duration best(byte[] bomb) {
        var best = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            var begun = System.nanoTime();
            MailParser.read(bomb);
            best = Math.min(best, System.nanoTime() - begun);
        }
        return Duration.ofNanos(best);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            mime-nest-100,      mail.limits-depth
            mime-nest-10000,    mail.limits-depth
            mime-parts-20000,   mail.limits-parts
            hdr-20000-received, mail.limits-header
            html-5MiB-table,    mail.limits-text
            """)
    void saysWhatIsOnlyInTheSource(String file, String reason) {
        var mail = MailParser.read(SharedData.bytes(SharedData.at("security/own/bombs/" + file + ".eml.gz")));

        assertThat(mail.problem()).map(Reason::code).hasValue(reason);
        assertThat(mail.parts()).hasSizeLessThanOrEqualTo(200);
        assertThat(mail.subject()).isNotBlank();
    }

    @Test
    void whatIsNestedTooDeepIsStillToBeRead() {
        var mail = MailParser.read(SharedData.bytes(SharedData.at("security/own/bombs/mime-nest-1000.eml.gz")));

        assertThat(Optional.of(mail.text()))
                .hasValueSatisfying(text -> assertThat(text).isNotBlank().doesNotContain("boundary"));
    }

    private static ParsedMail read(String file) {
        return MailParser.read(SharedData.bytes(SharedData.at("security/own/mail/" + file + ".eml")));
    }
}
