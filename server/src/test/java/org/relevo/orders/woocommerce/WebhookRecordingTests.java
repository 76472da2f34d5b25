package org.relevo.orders.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.relevo.orders.domain.HookSignature;

class WebhookRecordingTests {

    @Test
    void theSignatureOfEveryRecordedWebhookFitsAndOfAChangedOneDoesNot() {
        for (var hook : Recordings.webhooks()) {
            var body = hook.path("rawBody").asString();
            var signature = hook.at("/headers/X-WC-Webhook-Signature").asString();
            var secret = hook.path("secret").asString();

            assertThat(HookSignature.fits(signature, bytes(body), secret)).isTrue();
            assertThat(HookSignature.fits(signature, bytes(body + " "), secret)).isFalse();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
