package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One conversation with somebody who brings mail (RFC 5321), with PIPELINING, SIZE, 8BITMIME, SMTPUTF8, enhanced status codes
 * and STARTTLS. It tells nobody who lives here (VRFY, EXPN) and passes nothing on.
 */
final class SmtpSession {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);
    private static final int MOST_ERRORS = 20;

    private final SmtpSettings settings;
    private final Optional<Encryption> encryption;
    private final Forwarding forwarding;
    private final List<Recipient> recipients = new ArrayList<>();
    private Socket socket;
    private SmtpInput input;
    private @Nullable String sender;
    private String hello = "";
    private boolean extended;
    private boolean encrypted;
    private boolean over;
    private int errors;

    SmtpSession(Socket socket, SmtpSettings settings, Optional<Encryption> encryption, Forwarding forwarding)
            throws IOException {
        this.socket = socket;
        this.settings = settings;
        this.encryption = encryption;
        this.forwarding = forwarding;
        socket.setSoTimeout(Math.toIntExact(settings.silence().toMillis()));
        socket.setTcpNoDelay(true);
        this.input = new SmtpInput(socket.getInputStream());
    }

    /** Talks until one of both has had enough. */
    void run() throws IOException {
        try {
            say("220 " + forwarding.hostname() + " ESMTP RELEVO");
            while (!over) {
                var line = input.line();
                if (line.isEmpty()) {
                    return;
                }
                hear(line.get());
            }
        } catch (SmtpInput.BrokenLineException e) {
            say("500 5.5.2 Lines end with CR LF, and hold no other control characters");
            LOG.debug("A sender spoke no SMTP", e);
        } catch (SocketTimeoutException e) {
            say("421 4.4.2 Nothing was said for too long");
            LOG.debug("A sender fell silent", e);
        }
    }

    private void hear(String line) throws IOException {
        var blank = line.indexOf(' ');
        var verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
        var argument = blank < 0 ? "" : line.substring(blank + 1).strip();
        switch (verb) {
            case "EHLO" -> greet(argument, true);
            case "HELO" -> greet(argument, false);
            case "STARTTLS" -> encrypt();
            case "MAIL" -> from(argument);
            case "RCPT" -> to(argument);
            case "DATA" -> data();
            case "RSET" -> {
                reset();
                say("250 2.0.0 Forgotten");
            }
            case "NOOP" -> say("250 2.0.0 Well");
            case "QUIT" -> {
                over = true;
                say("221 2.0.0 Goodbye");
            }
            case "VRFY", "EXPN", "HELP", "AUTH", "BDAT" -> refuse("502 5.5.1 This is not done here");
            default -> refuse("500 5.5.2 This is no command");
        }
    }

    private void greet(String name, boolean withExtensions) throws IOException {
        if (name.isEmpty()) {
            refuse("501 5.5.4 Say your name");
            return;
        }
        reset();
        hello = name;
        extended = withExtensions;
        say(extended ? greeting(name) : "250 " + forwarding.hostname());
    }

    private String greeting(String name) {
        var lines = new ArrayList<>(List.of(
                forwarding.hostname(),
                "PIPELINING",
                "SIZE " + settings.largest().toBytes(),
                "8BITMIME",
                "SMTPUTF8",
                "ENHANCEDSTATUSCODES"));
        if (encryption.isPresent() && !encrypted) {
            lines.add("STARTTLS");
        }
        LOG.debug("A sender greets [letters={}]", name.length());
        return "250-" + String.join("\r\n250-", lines.subList(0, lines.size() - 1)) + "\r\n250 " + lines.getLast();
    }

    private void encrypt() throws IOException {
        if (encryption.isEmpty() || encrypted) {
            refuse("502 5.5.1 There is no encryption to begin");
            return;
        }
        if (input.hasMore()) { // said in plain, to be heard as if it had been said encrypted (CVE-2011-0411)
            over = true;
            say("501 5.5.4 Nothing may follow STARTTLS");
            return;
        }
        say("220 2.0.0 Begin");
        socket = encryption.get().begin(socket); // when this fails the conversation is over
        input = new SmtpInput(socket.getInputStream());
        encrypted = true;
        hello = "";
        reset();
    }

    private void from(String argument) throws IOException {
        if (settings.tlsRequired() && !encrypted) {
            refuse("530 5.7.0 Begin encryption first (STARTTLS)");
            return;
        }
        if (hello.isEmpty() || sender != null) {
            refuse("503 5.5.1 Not now");
            return;
        }
        var path = SmtpPath.of("FROM", argument);
        if (path.isEmpty()) {
            refuse("501 5.5.4 MAIL FROM:<address>");
        } else if (path.get().size() > settings.largest().toBytes()) {
            refuse("552 5.3.4 This mail is larger than what is taken here");
        } else {
            sender = path.get().address();
            say("250 2.1.0 Heard");
        }
    }

    private void to(String argument) throws IOException {
        if (sender == null) {
            refuse("503 5.5.1 Not now");
            return;
        }
        if (recipients.size() >= settings.recipients()) {
            refuse("452 4.5.3 Too many recipients; bring it to the others in another mail");
            return;
        }
        var path = SmtpPath.of("TO", argument);
        if (path.isEmpty() || path.get().address().isEmpty()) {
            refuse("501 5.5.4 RCPT TO:<address>");
            return;
        }
        find(path.get().address());
    }

    private void find(String address) throws IOException {
        try {
            var found = forwarding.find(address);
            if (found.isEmpty()) {
                refuse("550 5.1.1 Nobody of that address is here, and nothing is passed on");
                return;
            }
            recipients.add(found.get());
            say("250 2.1.5 Known");
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Whom a forwarded mail is for cannot be looked up now", e);
            say("451 4.3.0 It cannot be stored now; try again later");
        }
    }

    private void data() throws IOException {
        if (sender == null || recipients.isEmpty()) {
            refuse("503 5.5.1 Not now");
            return;
        }
        try (var mail = forwarding.begin(envelope(sender), settings)) {
            say("354 End it with CR LF, dot, CR LF");
            input.mail(mail::add);
            say(mail.keep());
        } finally {
            reset();
        }
    }

    private Envelope envelope(String from) {
        var protocol = encrypted ? "ESMTPS" : extended ? "ESMTP" : "SMTP";
        var bringer = socket.getInetAddress().getHostAddress();
        return new Envelope(from, List.copyOf(recipients), hello, bringer, protocol);
    }

    private void reset() {
        sender = null;
        recipients.clear();
    }

    /** Who makes nothing but mistakes guesses addresses, or speaks another protocol. */
    private void refuse(String answer) throws IOException {
        errors++;
        over = errors > MOST_ERRORS;
        say(over ? "421 4.7.0 Too many mistakes" : answer);
    }

    private void say(String answer) throws IOException {
        var line = socket.getOutputStream();
        line.write((answer + "\r\n").getBytes(UTF_8));
        line.flush();
    }
}
