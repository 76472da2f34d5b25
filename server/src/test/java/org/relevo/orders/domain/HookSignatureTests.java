package org.relevo.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookSignatureTests {

    private static final byte[] BODY = "{\"id\":15}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "4OW6Bjceg9y/L5P3+2NKfalGmKB0F5W4AZFohsfTCZQ=";

    @ParameterizedTest
    @CsvSource({
        "SIGNATURE, s3cr3t, true",
        "SIGNATURE, s3cr3T, false",
        "SIGNATURE, '', false",
        "'', s3cr3t, false",
        "not base64!, s3cr3t, false",
        "oJOAwuuz, s3cr3t, false",
    })
    void onlyTheHolderOfTheSecretSigns(String signature, String secret, boolean fits) {
        var given = signature.equals("SIGNATURE") ? SIGNATURE : signature;

        assertThat(HookSignature.fits(given, BODY, secret)).isEqualTo(fits);
    }
}
