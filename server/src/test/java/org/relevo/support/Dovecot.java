package org.relevo.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real IMAP server of its own: configuration, mail and sockets in a temporary folder, loopback only, the running user's
 * own process. Any address signs in with {@link TestShops#PASSWORD}, or by token if a place to ask about tokens is given.
 */
public final class Dovecot implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
    private static final String ME = System.getProperty("user.name");

    /** Dovecot serves no mail as root and has users of its own for that case. */
    private static final boolean ROOT = "root".equals(ME);

    private static final Set<PosixFilePermission> FOR_ALL = EnumSet.allOf(PosixFilePermission.class);

    private final Path folder;
    private final int port;
    private final Process process;

    private Dovecot(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** A server where people sign in with a password. */
    public static Dovecot start() {
        return start(
                "passdb {\n driver = static\n args = password=%s\n}".formatted(TestShops.PASSWORD.replace(" ", "_")));
    }

    /** A server that asks at {@code introspection} about tokens (RFC 7662); no password is good. */
    public static Dovecot withTokens(String introspection) {
        return start(
                "passdb {\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = FOLDER/oauth2.conf\n}",
                """
                introspection_mode = post
                introspection_url = %s
                username_attribute = username
                active_attribute = active
                active_value = true
                """.formatted(introspection));
    }

    /** The password that any address has here. */
    public static String password() {
        return TestShops.PASSWORD.replace(" ", "_");
    }

    private static Dovecot start(String passwords) {
        return start(passwords, "");
    }

    private static Dovecot start(String passwords, String oauth2) {
        assumeTrue(Files.isExecutable(PROGRAM), "Needs Dovecot: apt-get install dovecot-imapd");
        try {
            var folder = Files.createTempDirectory("dovecot");
            var port = Installation.freePort();
            forAll(folder);
            forAll(Files.createDirectories(folder.resolve("mail")));
            Files.writeString(folder.resolve("oauth2.conf"), oauth2);
            var config = folder.resolve("dovecot.conf");
            Files.writeString(config, configuration(port, passwords).replace("FOLDER", folder.toString()));
            var process = new ProcessBuilder(PROGRAM.toString(), "-F", "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start();
            var server = new Dovecot(folder, port, process);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(server::answers);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(int port, String passwords) {
        return """
                protocols = imap
                base_dir = FOLDER/run
                state_dir = FOLDER/state
                log_path = FOLDER/dovecot.log
                listen = 127.0.0.1
                ssl = no
                disable_plaintext_auth = no
                auth_mechanisms = plain login xoauth2 oauthbearer
                mail_location = maildir:FOLDER/mail/%%u
                first_valid_uid = 0
                first_valid_gid = 0
                default_login_user = LOGIN
                default_internal_user = INTERNAL
                default_internal_group = GROUP_OF_IT
                mail_max_userip_connections = 100
                imap_idle_notify_interval = 1 min
                %s
                userdb {
                  driver = static
                  args = uid=USER gid=GROUP home=FOLDER/home/%%u
                }
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = %d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                service anvil {
                  chroot =
                }
                service stats {
                  chroot =
                }
                namespace inbox {
                  inbox = yes
                  separator = /
                  mailbox Sent {
                    auto = create
                    special_use = \\Sent
                  }
                  mailbox Junk {
                    auto = create
                    special_use = \\Junk
                  }
                  mailbox Trash {
                    auto = create
                    special_use = \\Trash
                  }
                  mailbox Pedidos {
                    auto = create
                  }
                }
                """.formatted(passwords, port)
                .replace("LOGIN", ROOT ? "dovenull" : ME)
                .replace("INTERNAL", ROOT ? "dovecot" : ME)
                .replace("GROUP_OF_IT", ROOT ? "dovecot" : ME)
                .replace("USER", ROOT ? "nobody" : ME)
                .replace("GROUP", ROOT ? "nogroup" : ME);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Dovecot did not start; see " + folder);
        }
        try (var line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return line.getInputStream().read() == '*';
        } catch (IOException _) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** What Dovecot noted. */
    public String log() {
        try {
            return Files.readString(folder.resolve("dovecot.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a mail into a folder of {@code address} as a delivery agent does (Maildir); {@code null} for the INBOX; its file. */
    public Path deliver(String address, @Nullable String box, byte[] mail) {
        var maildir = maildir(address, box);
        try {
            forAll(Files.createDirectories(maildir(address, null)));
            for (var part : List.of("", "tmp", "new", "cur")) {
                forAll(Files.createDirectories(maildir.resolve(part)));
            }
            var name = UUID.randomUUID() + ".test";
            Files.write(maildir.resolve("tmp").resolve(name), mail);
            forAll(maildir.resolve("tmp").resolve(name));
            return Files.move(
                    maildir.resolve("tmp").resolve(name), maildir.resolve("new").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forAll(Path path) throws IOException {
        if (Files.getOwner(path).getName().equals(ME)) {
            Files.setPosixFilePermissions(path, FOR_ALL);
        }
    }

    /** Puts a mail, headers and body as written, into the INBOX of {@code address}. */
    public Path deliver(String address, String mail) {
        return deliver(
                address, null, mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(UTF_8));
    }

    private Path maildir(String address, @Nullable String box) {
        var inbox = folder.resolve("mail").resolve(address);
        return box == null ? inbox : inbox.resolve("." + box);
    }

    /** Lets Dovecot read a mail, or not; it may have been moved since it was delivered. */
    public void readable(String address, Path mail, boolean yes) {
        var rights = PosixFilePermissions.fromString(yes ? "rw-rw-rw-" : "---------");
        for (var file : mails(address, null)) {
            if (file.getFileName().toString().startsWith(mail.getFileName().toString())) {
                try {
                    Files.setPosixFilePermissions(file, rights);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** The files of the mails of a folder. */
    public List<Path> mails(String address, @Nullable String box) {
        return Stream.of("new", "cur")
                .map(part -> maildir(address, box).resolve(part))
                .filter(Files::isDirectory)
                .flatMap(Dovecot::files)
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets how the INBOX was numbered: whoever opens it next sees another UIDVALIDITY. */
    public void numberAnew(String address) {
        hangUp(address);
        files(maildir(address, null))
                .filter(file -> file.getFileName().toString().matches("dovecot[-.](uidlist|uidvalidity|index).*"))
                .forEach(Dovecot::delete);
    }

    /** Ends every connection of {@code address} with a BYE. */
    public void hangUp(String address) {
        run("/usr/bin/doveadm", "-c", folder.resolve("dovecot.conf").toString(), "kick", address);
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.walkFileTree(folder, new Sweeping());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Sweeping extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
