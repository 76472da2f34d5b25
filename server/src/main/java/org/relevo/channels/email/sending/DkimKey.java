package org.relevo.channels.email.sending;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key that signs what a domain sends.
 *
 * @param selector where the DNS of the domain tells its public half: {@code selector._domainkey.domain}
 * @param privateKey PKCS #8
 * @param publicKey as the DNS tells it: SubjectPublicKeyInfo for RSA, the bare 32 bytes for Ed25519 (RFC 8463, 3)
 */
public record DkimKey(String domain, String selector, Kind kind, byte[] privateKey, byte[] publicKey) {

    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** What to publish. */
    public record DnsRecord(String name, String value) {}

    /** RSA is what every receiver reads; Ed25519 is shorter and newer (RFC 8463). */
    public enum Kind {
        RSA("rsa", "rsa-sha256", "RSA", "SHA256withRSA"),
        ED25519("ed25519", "ed25519-sha256", "Ed25519", "Ed25519");

        private final String word;
        private final String tag;
        private final String keys;
        private final String signature;

        Kind(String word, String tag, String keys, String signature) {
            this.word = word;
            this.tag = tag;
            this.keys = keys;
            this.signature = signature;
        }

        String word() {
            return word;
        }

        /** The value of {@code a=}. */
        String tag() {
            return tag;
        }
    }

    static DkimKey generate(String domain, String selector, Kind kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind.keys);
            if (kind == Kind.RSA) {
                generator.initialize(RSA_BITS);
            }
            var pair = generator.generateKeyPair();
            var open = pair.getPublic().getEncoded();
            var told = kind == Kind.RSA ? open : Arrays.copyOfRange(open, open.length - ED25519_BYTES, open.length);
            return new DkimKey(domain, selector, kind, pair.getPrivate().getEncoded(), told);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The TXT record without which nobody can check the signature (RFC 6376, 3.6.1). */
    public DnsRecord dns() {
        return new DnsRecord(
                selector + "._domainkey." + domain,
                "v=DKIM1; k=" + kind.word + "; p=" + Base64.getEncoder().encodeToString(publicKey));
    }

    /** Signs {@code data}; what Ed25519 signs is the SHA-256 of the data (RFC 8463, 3). */
    byte[] sign(byte[] data) {
        try {
            var signature = Signature.getInstance(kind.signature);
            signature.initSign(key());
            signature.update(kind == Kind.ED25519 ? DkimSignature.sha256(data) : data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance(kind.keys).generatePrivate(new PKCS8EncodedKeySpec(privateKey));
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain;
    }
}
