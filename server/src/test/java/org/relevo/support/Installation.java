package org.relevo.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test installation a data folder below {@code target} and a free port. With the system property
 * {@code relevo.test.database} it uses that server instead of an embedded one.
 */
public final class Installation implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String EXTERNAL = System.getProperty("relevo.test.database", "");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            var data = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-data")), "relevo");
            var settings = new HashMap<String, Object>();
            settings.put("relevo.data", data.toString());
            settings.put(
                    "relevo.database.binaries",
                    Path.of("target/postgres").toAbsolutePath().toString());
            settings.put("relevo.outbound.private-addresses", "true");
            settings.put("server.port", freePort());
            if (!EXTERNAL.isEmpty()) {
                settings.put("relevo.database.url", EXTERNAL);
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("installation", settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
