package org.relevo.demonstration.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A small mail server for the demonstration, on loopback only. It accepts mail from anyone for any address, opens a
 * mailbox where there is none, and forwards nothing. A mail is accepted once it is on disk: after a crash every
 * accepted mail is there again, under the same UID and UIDVALIDITY. What IMAP clients change themselves (flags, moved
 * and deleted mails, folders) lasts until the next start.
 *
 * <p>All mails are also held in memory, so a folder of some hundred megabytes is the most to ask of it. One folder
 * belongs to one open office.
 */
public final class PostOffice implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_PATIENCE = Duration.ofSeconds(10);

    /** A client renews its IDLE every 29 minutes at the latest (RFC 2177). */
    private static final Duration IMAP_SILENCE = Duration.ofMinutes(35);

    private final Accounts accounts;
    private final SortingRoom sortingRoom;
    private final ImapWindow imap;
    private final SMTPServer smtp;

    /**
     * Opens the office with all mails and accounts of {@code folder}.
     *
     * @param folder created if it is not there
     * @param smtpPort the port to take mail at, 0 for any free one
     * @param imapPort the port to show mail at, 0 for any free one
     * @param passwordOf the password of a mailbox that opens because its first mail has come; it lasts from then on
     * @throws UncheckedIOException if the folder cannot be used or a port is taken
     */
    public static PostOffice open(Path folder, int smtpPort, int imapPort, Function<String, String> passwordOf) {
        try {
            return new PostOffice(folder, smtpPort, imapPort, passwordOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostOffice(Path path, int smtpPort, int imapPort, Function<String, String> passwordOf) throws IOException {
        var folder = DurableFolder.open(path);
        var inboxes = new Inboxes(uidValidity(folder));
        this.accounts = new Accounts(path.resolve("accounts"), inboxes, passwordOf);
        this.sortingRoom = SortingRoom.open(folder, accounts, inboxes);
        this.imap = new ImapWindow(new ServerSetup(imapPort, LOOPBACK, ServerSetup.PROTOCOL_IMAP), inboxes);
        this.smtp = smtpServer(smtpPort);
        try {
            startImap();
            startSmtp();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    public int imapPort() {
        return imap.getPort();
    }

    /**
     * Opens the mailbox of {@code address}, or gives it another password if it is open.
     *
     * @throws IllegalArgumentException if it is no address
     * @throws UncheckedIOException if the account cannot be kept
     */
    public void createAccount(String address, String password) {
        var mailbox = MailboxAddress.of(address)
                .orElseThrow(() -> new IllegalArgumentException("A mailbox needs an address, local part and domain"));
        try {
            accounts.create(mailbox, password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes both ports and all connections. Accepted mails stay. */
    @Override
    public void close() {
        smtp.stop();
        sortingRoom.close();
        imap.stopService();
    }

    private void startImap() throws IOException {
        imap.setClientSocketTimeout(Math.toIntExact(IMAP_SILENCE.toMillis()));
        imap.startService();
        try {
            if (!imap.waitTillRunning(START_PATIENCE.toMillis())) {
                throw new BindException("The IMAP port of the mail server is taken");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the mail server was starting");
        }
    }

    private void startSmtp() throws IOException {
        try {
            smtp.start();
        } catch (RuntimeException e) { // SubEthaSMTP wraps every failure to bind in a bare one
            throw new IOException("The SMTP port of the mail server is taken", e);
        }
    }

    private SMTPServer smtpServer(int port) {
        var daemons = Thread.ofPlatform().daemon().name("post-office-smtp-", 0).factory();
        return SMTPServer.port(port)
                .bindAddress(InetAddress.ofLiteral(LOOPBACK))
                .hostName("localhost")
                .softwareName("RELEVO demonstration")
                .insertReceivedHeaders(false)
                .maxMessageSize(Counter.LARGEST_MAIL)
                .messageHandlerFactory(new Counter(sortingRoom))
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(this::checkPassword))
                .executorService(Executors.newCachedThreadPool(daemons))
                .build();
    }

    private void checkPassword(String login, String password, MessageContext context) throws LoginFailedException {
        if (!accounts.opens(login, password)) {
            throw new LoginFailedException();
        }
    }

    /** The second in which the folder was first opened, as RFC 3501 suggests. */
    private static long uidValidity(DurableFolder folder) throws IOException {
        Path file = folder.path().resolve("uid-validity");
        if (Files.notExists(file)) {
            folder.write(
                    "uid-validity",
                    Long.toString(Instant.now().getEpochSecond()).getBytes(UTF_8));
        }
        return Long.parseLong(Files.readString(file).strip());
    }
}
