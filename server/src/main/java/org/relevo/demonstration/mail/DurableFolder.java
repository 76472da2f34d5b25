package org.relevo.demonstration.mail;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * A folder whose files are there whole or not at all, also after the power fails: write a draft, file it under its
 * name, settle the folder.
 */
record DurableFolder(Path path) {

    private static final String DRAFT = ".draft";

    /** Opens the folder, creating it if needed, and throws away what an earlier run left unfinished. */
    static DurableFolder open(Path path) throws IOException {
        Files.createDirectories(path);
        var folder = new DurableFolder(path);
        for (Path draft : folder.list(DRAFT)) {
            Files.delete(draft);
        }
        return folder;
    }

    /** The files whose names end with {@code ending}, in the order of their names. */
    List<Path> list(String ending) throws IOException {
        try (var files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Writes {@code content} down to the disk, under no name yet. */
    Path draft(byte[] content) throws IOException {
        Path draft = path.resolve(UUID.randomUUID() + DRAFT);
        try (var channel = FileChannel.open(draft, CREATE_NEW, WRITE)) {
            var rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        return draft;
    }

    /** Gives {@code draft} its name, replacing what had it. Lasts from the next {@link #settle()} on. */
    Path file(Path draft, String name) throws IOException {
        return Files.move(draft, path.resolve(name), ATOMIC_MOVE);
    }

    /** Returns once every name given so far will survive. */
    void settle() throws IOException {
        try (var channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    /** All three steps for one file. */
    void write(String name, byte[] content) throws IOException {
        file(draft(content), name);
        settle();
    }
}
