package org.relevo.orders.domain;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of a webhook as WooCommerce and others make it: base64 of HMAC-SHA-256 over the raw body. */
public final class HookSignature {

    private HookSignature() {}

    /** Whether {@code signature} was made with {@code secret}; takes the same time either way. */
    public static boolean fits(String signature, byte[] body, String secret) {
        if (secret.isEmpty()) {
            return false;
        }
        return MessageDigest.isEqual(
                Base64.getEncoder().encode(digest(body, secret)),
                signature.strip().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(byte[] body, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
