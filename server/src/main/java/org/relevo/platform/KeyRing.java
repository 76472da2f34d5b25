package org.relevo.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;

/** The installation's own secrets, each in a file that only its owner reads; made the first time they are asked for. */
public final class KeyRing {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    private KeyRing(Path folder) {
        this.folder = folder;
    }

    public static KeyRing open(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return new KeyRing(folder);
        } catch (IOException e) {
            throw new StartFailure("The key folder " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** A password of 256 random bits under {@code name}. */
    public String password(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(name));
    }

    /** A key of 256 random bits under {@code name}, for {@code algorithm}. */
    public SecretKeySpec key(String name, String algorithm) {
        return new SecretKeySpec(bytes(name), algorithm);
    }

    private byte[] bytes(String name) {
        var file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StartFailure("The key " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        var half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(half, secret, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(half, file);
    }
}
