package org.relevo.platform.blobs;

import java.util.HexFormat;

/**
 * The name of a blob: the SHA-256 of its content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BlobId(String hex) {

    public BlobId {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not the name of a blob.");
        }
    }

    public static BlobId of(byte[] content) {
        return new BlobId(HexFormat.of().formatHex(BlobStore.sha256().digest(content)));
    }
}
