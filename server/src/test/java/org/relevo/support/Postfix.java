package org.relevo.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A real Postfix with a configuration, queue and port of its own on loopback; the machine's own one, if there is one, is left
 * alone. It delivers {@code ana@} and {@code bea@customer.example} into files, puts off {@code later@}, does not know others,
 * takes at most 60 000 bytes, and greylists {@code grey@} once. Tests are skipped where it is not installed, or nobody is root.
 */
public final class Postfix implements AutoCloseable {

    public static final int LARGEST = 60_000;

    private final Path folder;
    private final int port;
    private final Greylist greylist;
    private final String alias;
    private final int relay;

    private Postfix(Path folder, int port, Greylist greylist, String alias, int relay) {
        this.folder = folder;
        this.port = port;
        this.greylist = greylist;
        this.alias = alias;
        this.relay = relay;
    }

    /** Starts one, and waits until it answers. */
    public static Postfix start() {
        return start("", 0);
    }

    /** Starts one that forwards what comes for {@code shop@customer.example} to an address of desk.example at that port. */
    public static Postfix forwarding(String address, int port) {
        return start("shop@customer.example " + address, port);
    }

    private static Postfix start(String alias, int relay) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/postfix")) && "root".equals(System.getProperty("user.name")),
                "Needs Postfix (Debian's package postfix) and root, which it starts as.");
        try {
            var folder = Files.createTempDirectory("relevo-postfix");
            var postfix = new Postfix(folder, Installation.freePort(), new Greylist(), alias, relay);
            postfix.configure();
            postfix.run("start");
            await().atMost(Duration.ofSeconds(20)).until(postfix::answers);
            return postfix;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() throws IOException {
        execute(List.of("chmod", "755", folder.toString()));
        Files.createDirectories(folder.resolve("queue"));
        for (var own : List.of("data", "mail")) {
            Files.createDirectories(folder.resolve(own));
            execute(List.of("chown", "postfix", folder.resolve(own).toString()));
        }
        Files.writeString(folder.resolve("boxes"), """
                ana@customer.example ana/
                bea@customer.example bea/
                grey@customer.example grey/
                """);
        Files.writeString(folder.resolve("aliases"), alias + "\n");
        Files.writeString(folder.resolve("access"), "later@customer.example 451 4.7.1 Come back later\n");
        Files.writeString(folder.resolve("main.cf"), main());
        Files.writeString(folder.resolve("master.cf"), master());
    }

    private String main() {
        var owner = String.valueOf(id("-u"));
        return """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                maillog_file = %1$s/log
                maillog_file_prefixes = %1$s
                myhostname = mail.partner.example
                inet_interfaces = loopback-only
                inet_protocols = ipv4
                mydestination =
                local_recipient_maps =
                alias_maps =
                alias_database =
                default_database_type = texthash
                mynetworks = 127.0.0.0/8
                default_transport = error:nothing leaves this machine
                virtual_mailbox_domains = customer.example
                virtual_mailbox_base = %1$s/mail
                virtual_mailbox_maps = texthash:%1$s/boxes
                virtual_uid_maps = static:%2$s
                virtual_gid_maps = static:%3$s
                smtpd_peername_lookup = no
                smtpd_recipient_restrictions = check_recipient_access texthash:%1$s/access,
                  check_policy_service inet:127.0.0.1:%4$d, permit_mynetworks, reject
                message_size_limit = %5$d
                virtual_alias_maps = texthash:%1$s/aliases
                transport_maps = inline:{ { desk.example = smtp:[127.0.0.1]:%6$d } }
                smtp_host_lookup = native
                minimal_backoff_time = 1s
                maximal_backoff_time = 2s
                queue_run_delay = 1s
                """.formatted(folder, owner, id("-g"), greylist.port(), LARGEST, relay);
    }

    private String master() {
        return """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                verify unix - - n - 1 verify
                proxymap unix - - n - - proxymap
                error unix - - n - - error
                retry unix - - n - - error
                virtual unix - n n - - virtual
                smtp unix - - n - - smtp
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port);
    }

    public int port() {
        return port;
    }

    /** The mails in the files of {@code name}. */
    public List<String> mails(String name) {
        var box = folder.resolve("mail").resolve(name).resolve("new");
        if (!Files.isDirectory(box)) {
            return List.of();
        }
        try (var files = Files.list(box)) {
            return files.sorted().map(Postfix::text).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (var line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return line.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String command) {
        execute(List.of("/usr/sbin/postfix", "-c", folder.toString(), command));
    }

    private static int id(String what) {
        return Integer.parseInt(execute(List.of("id", what, "postfix")).strip());
    }

    private static String execute(List<String> command) {
        try {
            var output = Files.createTempFile("relevo-postfix", ".out");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var failed = process.waitFor() != 0;
            var said = Files.readString(output);
            Files.delete(output);
            if (failed) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("stop");
        greylist.close();
        try (var files = Files.walk(folder)) {
            Stream<Path> deepestFirst = files.sorted((one, other) -> other.compareTo(one));
            deepestFirst.forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Postfix's policy protocol: puts off who is called grey, the first time. */
    private static final class Greylist implements AutoCloseable {
        private final ServerSocket door;
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        Greylist() throws IOException {
            door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::open);
        }

        int port() {
            return door.getLocalPort();
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
                    var heard = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
                var recipient = "";
                for (var line = heard.readLine(); line != null; line = heard.readLine()) {
                    if (line.startsWith("recipient=")) {
                        recipient = line;
                    }
                    if (line.isEmpty()) {
                        var grey = recipient.startsWith("recipient=grey@") && seen.add(recipient);
                        var action = grey ? "451 4.7.1 Greylisted for now" : "DUNNO";
                        caller.getOutputStream().write(("action=" + action + "\n\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
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
}
