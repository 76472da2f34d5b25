package org.relevo.platform.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.relevo.platform.StartFailure;

/** The programs of PostgreSQL 18 ({@code initdb}, {@code pg_ctl}, {@code postgres}), unpacked from the class path. */
record PostgresBinaries(Path home) {

    /** Unpacks the programs below {@code parent} unless they are there. */
    static PostgresBinaries unpack(Path parent) {
        var home = parent.resolve("postgres-18.6.0");
        if (Files.exists(home.resolve("bin/postgres"))) {
            return new PostgresBinaries(home);
        }
        try {
            Files.createDirectories(parent);
            var half = Files.createTempDirectory(parent, "unpacking");
            try (var archive = open()) {
                unpack(archive, half);
            }
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new StartFailure("The database programs cannot be unpacked to " + parent + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open() {
        var name = "postgres-" + system() + "-" + processor() + ".txz";
        var resource = PostgresBinaries.class.getClassLoader().getResourceAsStream(name);
        if (resource == null) {
            throw new StartFailure("RELEVO brings no database for this system (" + name
                    + "); set relevo.database.url to a PostgreSQL 15 or newer.");
        }
        return resource;
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        return "aarch64".equals(System.getProperty("os.arch")) ? "arm_64" : "x86_64";
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
