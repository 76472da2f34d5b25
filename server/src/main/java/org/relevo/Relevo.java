package org.relevo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.relevo.platform.StartFailure;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.modulith.Modulithic;

/** The whole server: one process, one module per package below this one. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
@Modulithic(systemName = "RELEVO", sharedModules = "platform")
public class Relevo {

    /** Starts RELEVO; a start that cannot succeed ends with one sentence on standard error and exit code 1. */
    public static void main(String[] arguments) {
        try {
            var application = new SpringApplication(Relevo.class);
            application.setRegisterShutdownHook(true);
            application.addListeners(new PortCheck());
            application.run(arguments);
        } catch (RuntimeException failure) {
            System.err.println("RELEVO did not start: " + StartFailure.sentence(failure));
            if (!StartFailure.expected(failure)) {
                failure.printStackTrace();
            }
            System.exit(1);
        }
    }

    /** Says at once that the port is taken, before anything else is started. */
    private static final class PortCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            check(event.getEnvironment());
        }

        private static void check(ConfigurableEnvironment environment) {
            var port = environment.getProperty("server.port", Integer.class, 0);
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port));
            } catch (IOException | IllegalArgumentException e) {
                throw new StartFailure("Port " + port + " is taken or not allowed; choose another one with --port.", e);
            }
        }
    }
}
