package org.relevo.channels.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An outgoing mail server on loopback (RFC 5321) that answers as it was told and remembers the bytes that it was given. */
final class ScriptedSmtp implements AutoCloseable {

    /** Instead of an answer: closes the line. */
    static final String HANGS_UP = "hang up";
    /** Instead of an answer: tears the line down. */
    static final String TEARS_DOWN = "tear down";

    private static final String END_OF_MAIL = ".";
    private static final Map<String, String> USUAL = Map.of(
            "HELLO", "220 ready",
            "EHLO", "250-scripted\r\n250 AUTH PLAIN",
            "AUTH", "235 welcome",
            "DATA", "354 go on",
            "QUIT", "221 bye");

    private final Map<String, String> answers = new ConcurrentHashMap<>(USUAL);
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final ServerSocket door;

    ScriptedSmtp() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on answers {@code verb}, or a whole line, so; {@code "."} is the end of a mail. */
    ScriptedSmtp answers(String verb, String answer) {
        answers.put(verb, answer);
        return this;
    }

    /** What came after DATA, byte by byte as ISO-8859-1. */
    List<String> mails() {
        return mails;
    }

    List<String> commands() {
        return commands;
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                var caller = door.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                var heard = new BufferedReader(new InputStreamReader(caller.getInputStream(), ISO_8859_1))) {
            if (!answer(caller, "HELLO")) {
                return;
            }
            for (var line = heard.readLine(); line != null; line = heard.readLine()) {
                commands.add(line);
                var verb = answers.containsKey(line) ? line : line.split(" ")[0].toUpperCase(Locale.ROOT);
                if (!answer(caller, verb) || verb.equals("DATA") && !take(caller, heard)) {
                    return;
                }
            }
        } catch (IOException e) {
            commands.add("[" + e.getMessage() + "]");
        }
    }

    private boolean take(Socket caller, BufferedReader heard) throws IOException {
        if (!answers.getOrDefault("DATA", "").startsWith("354")) {
            return true;
        }
        var mail = new StringBuilder();
        for (var line = heard.readLine(); line != null && !line.equals(END_OF_MAIL); line = heard.readLine()) {
            mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        mails.add(mail.toString());
        return answer(caller, END_OF_MAIL);
    }

    /** Whether the line is still open. */
    private boolean answer(Socket caller, String verb) throws IOException {
        var answer = answers.getOrDefault(verb, "250 fine");
        switch (answer) {
            case HANGS_UP -> caller.close();
            case TEARS_DOWN -> {
                caller.setSoLinger(true, 0);
                caller.close();
            }
            default -> say(caller.getOutputStream(), answer);
        }
        return !caller.isClosed();
    }

    private static void say(OutputStream line, String answer) throws IOException {
        line.write((answer + "\r\n").getBytes(ISO_8859_1));
        line.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
