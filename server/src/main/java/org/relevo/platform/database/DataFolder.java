package org.relevo.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.relevo.platform.StartFailure;
import org.relevo.platform.Uuid7;

/** The data folder, held by this process alone for as long as it lives. The lock goes with the process, however it ends. */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, creating it if need be.
     *
     * @throws StartFailure if another process has it or it cannot be written
     */
    public static DataFolder take(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            var channel =
                    FileChannel.open(path.resolve("relevo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new StartFailure("The data folder " + path
                        + " is in use by another RELEVO; stop that one or choose another folder with --data.");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StartFailure("The data folder " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    /** What this node is called among the nodes of one database: the same after every restart. */
    public String node() {
        var file = path.resolve("node");
        try {
            if (!Files.exists(file)) {
                Files.writeString(path.resolve("node.new"), Uuid7.next().toString());
                Files.move(path.resolve("node.new"), file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartFailure("The data folder " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
