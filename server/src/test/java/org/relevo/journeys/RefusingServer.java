package org.relevo.journeys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that lets everybody in and takes no mail. */
final class RefusingServer implements AutoCloseable {

    private final ServerSocket door;
    private final AtomicInteger refused = new AtomicInteger();

    private RefusingServer(ServerSocket door) {
        this.door = door;
        Thread.ofVirtual().start(this::receive);
    }

    static RefusingServer open() {
        try {
            return new RefusingServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many mails it has refused. */
    int refused() {
        return refused.get();
    }

    private void receive() {
        while (!door.isClosed()) {
            try (var caller = door.accept()) {
                talk(caller);
            } catch (IOException e) {
                // The caller has gone, or we are closing: the next one, if any.
            }
        }
    }

    private void talk(Socket caller) throws IOException {
        var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
        var out = new PrintWriter(caller.getOutputStream(), true, StandardCharsets.US_ASCII);
        out.print("220 refusing.example\r\n");
        out.flush();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            out.print(answer(line.toUpperCase(java.util.Locale.ROOT)) + "\r\n");
            out.flush();
        }
    }

    private String answer(String command) {
        if (command.startsWith("EHLO")) {
            return "250-refusing.example\r\n250 AUTH PLAIN";
        }
        if (command.startsWith("AUTH")) {
            return "235 2.7.0 welcome";
        }
        if (command.startsWith("RCPT")) {
            refused.incrementAndGet();
            return "550 5.7.1 we take no mail";
        }
        return "250 2.0.0 fine";
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
