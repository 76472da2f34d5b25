package org.relevo.channels.email.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relevo.channels.email.mime.MailParser;

class AuthenticationTests {

    private static final Set<String> AUTHORITIES = Set.of("mx.shop.example", "MX2.shop.example");

    private final MailParser parser = new MailParser();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            mx.shop.example; spf=pass smtp.mailfrom=mail.example; dkim=pass header.d=mail.example; dmarc=pass header.from=mail.example | pass pass pass
            mx.shop.example; none                                                  | none none none
            mx.shop.example 1; spf=pass                                            | pass none none
            mx.shop.example; spf=fail                                              | fail none none
            mx.shop.example; spf=hardfail                                          | fail none none
            mx.shop.example; spf=softfail; dkim=none; dmarc=fail                   | softfail none fail
            mx.shop.example; SPF=PASS; DKIM=Fail; DMARC=Pass                       | pass fail pass
            MX.SHOP.EXAMPLE; spf=pass                                              | pass none none
            mx2.shop.example; spf=pass                                             | pass none none
            "mx.shop.example"; spf=pass                                            | pass none none
            (our own) mx.shop.example (really) 1; spf=pass                         | pass none none
            mx.shop.example; spf=pass (mail.example; dmarc=fail) smtp.mailfrom=x   | pass none none
            mx.shop.example; spf=pass (a (nested; dkim=fail) comment)              | pass none none
            mx.shop.example; spf=pass (with \\) an escape; dkim=fail)              | pass none none
            mx.shop.example; spf=pass reason="so; dkim=pass; dmarc=pass"           | pass none none
            mx.shop.example; spf=pass reason="with \\" an escape; dkim=pass"       | pass none none
            mx.shop.example; dkim/1=pass header.d=mail.example                     | none pass none
            mx.shop.example; spf = pass; dkim= fail; dmarc =none                   | pass fail none
            mx.shop.example;spf=pass;dkim=pass;dmarc=pass                          | pass pass pass
            mx.shop.example; dkim=fail header.d=mail.example; dkim=pass header.d=mail.example | none pass none
            mx.shop.example; dkim=pass header.d=other.example; dkim=fail header.d=mail.example | none pass none
            mx.shop.example; dkim=none; dkim=temperror                             | none temperror none
            mx.shop.example; dkim=neutral; dkim=permerror                          | none neutral none
            mx.shop.example; dkim=policy                                           | none policy none
            mx.shop.example; spf=none smtp.helo=a; spf=fail smtp.mailfrom=b        | fail none none
            mx.shop.example; spf=pass smtp.helo=a; spf=fail smtp.mailfrom=b        | fail none none
            mx.shop.example; iprev=fail; auth=pass; x-own=fail; spf=neutral        | neutral none none
            mx.shop.example; spf=excellent; dkim=                                  | none none none
            mx.shop.example; ; ; spf=pass;                                         | pass none none
            mx.shop.example; spf=pass (never closed; dkim=pass                     | pass none none
            mx.shop.example; spf=pass reason="never closed; dkim=pass              | pass none none
            """)
    void readsTheVerdictOfOurOwnServer(String field, String verdict) {
        var read = of("Authentication-Results: " + field);

        assertThat(read.trusted()).isTrue();
        assertThat(words(read)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Authentication-Results: mx.attacker.example; spf=pass; dkim=pass; dmarc=pass
            Authentication-Results: sub.mx.shop.example; spf=pass
            Authentication-Results: shop.example; spf=pass
            Authentication-Results: mx.shop.example.attacker.example; spf=pass
            Authentication-Results: (mx.shop.example) mx.attacker.example; spf=pass
            Authentication-Results: spf=pass smtp.mailfrom=mx.shop.example; dmarc=pass
            Authentication-Results: mx.shop.example=1; spf=pass
            Authentication-Results: ; spf=pass
            Authentication-Results:
            ARC-Authentication-Results: i=1; mx.shop.example; dmarc=pass
            X-Authentication-Results: mx.shop.example; dmarc=pass
            Received-SPF: pass
            """)
    void givesNothingOnWhatOthersWrite(String header) {
        assertThat(of(header)).isEqualTo(Authentication.UNKNOWN);
        assertThat(of(header).failed()).isFalse();
    }

    @Test
    void believesOnlyTheTopmostFieldOfOurServerSinceTheOthersMayHaveComeWithTheMail() {
        var read = of("""
                Authentication-Results: mx.attacker.example; dmarc=pass
                Authentication-Results: mx.shop.example; spf=fail; dmarc=fail
                Received: from mail.attacker.example by mx.shop.example
                Authentication-Results: mx.shop.example; spf=pass; dkim=pass; dmarc=pass""");

        assertThat(words(read)).isEqualTo("fail none fail");
    }

    @Test
    void readsAFoldedField() {
        assertThat(
                        words(
                                of(
                                        "Authentication-Results: mx.shop.example;\n\tspf=pass\n\tsmtp.mailfrom=mail.example;\n dkim=pass")))
                .isEqualTo("pass pass none");
    }

    @Test
    void believesNobodyWhereNoServerIsConfigured() {
        var mail = parser.parse("Authentication-Results: mx.shop.example; dmarc=fail\n\nHola".getBytes(UTF_8));

        assertThat(Authentication.of(mail, Set.of())).isEqualTo(Authentication.UNKNOWN);
    }

    @ParameterizedTest(name = "spf {0}, dkim {1}, dmarc {2}: failed {3}")
    @CsvSource({
        "pass, pass, pass, false", "fail, fail, pass, false", "pass, pass, fail, true", "fail, none, fail, true",
        "fail, none, none, true", "softfail, none, none, true", "softfail, fail, none, true", "fail, pass, none, false",
        "neutral, none, none, false", "none, none, none, false", "none, fail, none, false",
                "temperror, none, none, false",
        "fail, none, temperror, false", "pass, fail, none, false"
    })
    void findsASenderFalseWhenTheDomainSaysSoOrNothingSpeaksForIt(
            String spf, String dkim, String dmarc, boolean failed) {
        assertThat(new Authentication(spf, dkim, dmarc, true).failed()).isEqualTo(failed);
        assertThat(new Authentication(spf, dkim, dmarc, false).failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"(", "\"", "a=", ";", "dkim=pass;", "\\"})
    void readsAnEndlessFieldInTime(String piece) {
        var begun = System.nanoTime();
        AuthenticationResults.of("mx.shop.example; " + piece.repeat(1_000_000));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
    }

    private static String words(Authentication read) {
        return read.spf() + " " + read.dkim() + " " + read.dmarc();
    }

    private Authentication of(String headers) {
        return Authentication.of(
                parser.parse((headers + "\nFrom: ana@mail.example\n\nHola").getBytes(UTF_8)), AUTHORITIES);
    }
}
