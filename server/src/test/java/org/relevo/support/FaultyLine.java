package org.relevo.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server on loopback that can be cut, go dead, or break after so many bytes of what the server says. */
public final class FaultyLine implements AutoCloseable {

    private final int target;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong connections = new AtomicLong();
    private volatile CountDownLatch passage = new CountDownLatch(0);

    private FaultyLine(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("faulty-line").start(this::accept);
    }

    public static FaultyLine to(int port) {
        try {
            return new FaultyLine(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** How many connections were begun. */
    public long connections() {
        return connections.get();
    }

    /** Cuts every connection now; new ones work. */
    public void cut() {
        open.forEach(FaultyLine::close);
        open.clear();
    }

    /** Cuts once after {@code bytes} more bytes of what the server says. */
    public void cutAfter(long bytes) {
        bytesLeft.set(bytes);
    }

    /** Takes everything and passes nothing on, in both directions, until {@link #flow}; connections stay open. */
    public void stall() {
        passage = new CountDownLatch(1);
    }

    /** Passes things on again. */
    public void flow() {
        passage.countDown();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                connections.incrementAndGet();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> pass(client, server, false));
                Thread.ofVirtual().start(() -> pass(server, client, true));
            } catch (IOException _) {
                return; // it was closed, or the server is gone
            }
        }
    }

    private void pass(Socket from, Socket to, boolean counted) {
        var buffer = new byte[8192];
        try (from;
                to) {
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                passage.await();
                if (counted && bytesLeft.addAndGet(-read) < 0) {
                    bytesLeft.set(Long.MAX_VALUE);
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException _) {
            return; // cut
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flow();
        cut();
    }
}
