package org.relevo.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A bare SMTP connection: what is said goes out as it is, what is heard comes back as the server said it. */
public final class SmtpLine implements AutoCloseable {

    private Socket socket;
    private BufferedReader heard;
    private OutputStream said;
    private final String greeting;

    public SmtpLine(int port) throws IOException {
        this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        this.heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        this.said = new BufferedOutputStream(socket.getOutputStream());
        this.greeting = hear();
    }

    /** What the server said first. */
    public String greeting() {
        return greeting;
    }

    /** Says bytes as they are, and listens to nothing. */
    public void mutter(String bytes) throws IOException {
        said.write(bytes.getBytes(ISO_8859_1));
        said.flush();
    }

    /** Encrypts the line, after STARTTLS was answered. */
    public void encrypt(SSLContext context) throws IOException {
        var encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        encrypted.startHandshake();
        socket = encrypted;
        heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        said = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Says one command and returns the whole answer. */
    public String say(String command) throws IOException {
        said.write((command + "\r\n").getBytes(UTF_8));
        said.flush();
        return hear();
    }

    /** Says a mail after DATA, with its dots stuffed, and returns the answer. */
    public String sayMail(byte[] mail) throws IOException {
        boolean atLineStart = true;
        for (byte octet : mail) {
            if (atLineStart && octet == '.') {
                said.write('.');
            }
            said.write(octet);
            atLineStart = octet == '\n';
        }
        said.write((atLineStart ? ".\r\n" : "\r\n.\r\n").getBytes(UTF_8));
        said.flush();
        return hear();
    }

    /** Sends one mail, which must be accepted. */
    public void send(byte[] mail, String... recipients) throws IOException {
        require("250", say("MAIL FROM:<marta.gil@correo.example>"));
        for (String recipient : recipients) {
            require("250", say("RCPT TO:<" + recipient + ">"));
        }
        require("354", say("DATA"));
        require("250", sayMail(mail));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The next answer; "null" when the line is closed. */
    public String hear() throws IOException {
        var answer = new StringBuilder();
        String line;
        do {
            line = String.valueOf(heard.readLine());
            answer.append(line).append('\n');
        } while (line.length() > 3 && line.charAt(3) == '-');
        return answer.toString();
    }

    private static void require(String code, String answer) {
        if (!answer.startsWith(code)) {
            throw new AssertionError("Expected " + code + " but heard " + answer);
        }
    }
}
