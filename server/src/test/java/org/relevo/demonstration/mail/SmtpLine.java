package org.relevo.demonstration.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A bare SMTP connection: what is said goes out as it is, what is heard comes back as the server said it. */
final class SmtpLine implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader heard;
    private final OutputStream said;

    SmtpLine(int port) throws IOException {
        this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        this.heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        this.said = new BufferedOutputStream(socket.getOutputStream());
        hear();
    }

    /** Says one command and returns the whole answer. */
    String say(String command) throws IOException {
        said.write((command + "\r\n").getBytes(UTF_8));
        said.flush();
        return hear();
    }

    /** Says a mail after DATA, with its dots stuffed, and returns the answer. */
    String sayMail(byte[] mail) throws IOException {
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
    void send(byte[] mail, String... recipients) throws IOException {
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

    private String hear() throws IOException {
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
