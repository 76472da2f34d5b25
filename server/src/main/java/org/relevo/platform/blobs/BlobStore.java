package org.relevo.platform.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.database.DataFolder;
import org.springframework.stereotype.Service;

/**
 * Files by their content, a folder per workspace. What {@link #keep} has returned is on the disk: file and folder are
 * synced before (temporary file, fsync, rename, fsync of the folder). The row that names a blob is written after it.
 */
@Service
public class BlobStore {

    private final Path root;

    BlobStore(DataFolder folder) {
        root = folder.path().resolve("blobs");
    }

    /** Keeps {@code content} in the running workspace and tells its name; the same content is kept once. */
    public BlobId keep(byte[] content) {
        var id = BlobId.of(content);
        var file = place(id);
        if (Files.exists(file)) {
            return id;
        }
        try {
            Files.createDirectories(file.getParent());
            try (var writing = new Writing(file.resolveSibling(Uuid7.next() + ".half"))) {
                writing.write(content);
                return writing.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a blob of the running workspace that comes in pieces. */
    public Writing begin() {
        try {
            var folder =
                    Files.createDirectories(root.resolve(Workspace.required().toString()));
            return new Writing(folder.resolve(Uuid7.next() + ".half"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A blob that is being written. Closed without {@link #keep}, it never was. */
    public final class Writing implements AutoCloseable {

        private final Path half;
        private final FileChannel channel;
        private final MessageDigest digest = sha256();
        private long size;

        private Writing(Path half) throws IOException {
            this.half = half;
            this.channel = FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        /** Adds a piece. */
        public void write(byte[] piece) {
            digest.update(piece);
            size += piece.length;
            try {
                var buffer = ByteBuffer.wrap(piece);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Bytes so far. */
        public long size() {
            return size;
        }

        /** Keeps what was written; it is on the disk when this returns. */
        public BlobId keep() {
            var id = new BlobId(HexFormat.of().formatHex(digest.digest()));
            var file = place(id);
            try {
                channel.force(true);
                Files.createDirectories(file.getParent());
                publish(half, file);
                return id;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                Files.deleteIfExists(half); // a disk that is full must not keep halves
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Keeps several at once, so that their syncs overlap; names in the order of {@code contents}. */
    public List<BlobId> keepAll(List<byte[]> contents) {
        var workspace = Workspace.required();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            var kept = contents.stream()
                    .map(content ->
                            CompletableFuture.supplyAsync(() -> Workspace.call(workspace, () -> keep(content)), each))
                    .toList();
            return kept.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException trouble) {
                throw new UncheckedIOException(trouble.getCause());
            }
            throw e;
        }
    }

    private static void publish(Path half, Path file) throws IOException {
        try {
            Files.move(half, file);
        } catch (FileAlreadyExistsException _) {
            Files.delete(half); // someone kept the same content meanwhile
        }
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** The whole content of a blob of the running workspace. */
    public byte[] read(BlobId id) {
        try {
            return Files.readAllBytes(place(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stream over a blob of the running workspace; whoever asks closes it. */
    public InputStream open(BlobId id) throws IOException {
        return Files.newInputStream(place(id));
    }

    private Path place(BlobId id) {
        var name = id.hex();
        return root.resolve(Workspace.required().toString())
                .resolve(name.substring(0, 2))
                .resolve(name);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
