package org.relevo.channels.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Listens for whoever brings mail; one virtual thread each, as many at a time as the settings say, none for ever. */
final class SmtpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final int WAITING = 100;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final SmtpSettings settings;
    private final Optional<Encryption> encryption;
    private final Forwarding forwarding;
    private final List<IpAddressMatcher> networks;
    private final Semaphore places;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SmtpServer(SmtpSettings settings, Forwarding forwarding, ServerSocket door) {
        this.settings = settings;
        this.encryption = Encryption.of(settings);
        this.forwarding = forwarding;
        this.networks = settings.networks().stream().map(IpAddressMatcher::new).toList();
        this.places = new Semaphore(settings.connections());
        this.door = door;
    }

    /** Opens the port of the settings, 0 for any free one. */
    static SmtpServer open(SmtpSettings settings, Forwarding forwarding) throws IOException {
        var door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(settings.address(), settings.port()), WAITING);
        } catch (IOException e) {
            door.close();
            throw e;
        }
        var server = new SmtpServer(settings, forwarding, door);
        Thread.ofVirtual().name("smtp-door").start(server::listen);
        return server;
    }

    int port() {
        return door.getLocalPort();
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                admit(door.accept());
            } catch (IOException e) {
                if (!door.isClosed()) {
                    LOG.warn("Somebody who brings mail could not be let in", e);
                    pause();
                }
            }
        }
    }

    private void admit(Socket caller) throws IOException {
        open.add(caller);
        if (!isWelcome(caller.getInetAddress())) {
            turnAway(caller, "554 5.7.1 No mail is taken in from this address");
        } else if (!places.tryAcquire()) {
            turnAway(caller, "421 4.7.0 Too many senders at a time; try again later");
        } else {
            threads.execute(() -> serve(caller));
        }
    }

    private boolean isWelcome(InetAddress caller) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.matches(caller.getHostAddress()));
    }

    private void turnAway(Socket caller, String words) throws IOException {
        open.remove(caller);
        try (caller) {
            caller.getOutputStream().write((words + "\r\n").getBytes(US_ASCII));
        }
    }

    private void serve(Socket caller) {
        var limit = Thread.ofVirtual().start(() -> closeAfter(caller, settings.whole()));
        try (caller) {
            new SmtpSession(caller, settings, encryption, forwarding).run();
        } catch (IOException e) {
            LOG.debug("Somebody who brings mail left in the middle", e);
        } catch (RuntimeException e) {
            LOG.error("A conversation over forwarded mail broke", e);
        } finally {
            limit.interrupt();
            open.remove(caller);
            places.release();
        }
    }

    /** Whoever says a letter a minute never falls silent: the line has an end of its own. */
    private static void closeAfter(Socket caller, Duration whole) {
        try (caller) {
            Thread.sleep(whole);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it ended by itself
        } catch (IOException e) {
            LOG.debug("A line was closed already", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1)); // out of files, as a rule: asking at once would not help
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all conversations. What was not answered is brought again, and recognised if it was stored. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            LOG.warn("The port for forwarded mail did not close", e);
        }
        threads.shutdown();
        for (var caller : open) {
            try {
                caller.close();
            } catch (IOException e) {
                LOG.debug("A line was closed already", e);
            }
        }
        awaitLastWords();
    }

    private void awaitLastWords() {
        try {
            if (!threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A mail is still being stored while the receiver stops; it will be brought again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
