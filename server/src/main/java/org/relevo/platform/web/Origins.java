package org.relevo.platform.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.RelevoProperties;
import org.relevo.platform.StartFailure;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Two origins from one process: the desk on its port, what customers sent on another one and under another host name, so
 * that neither cookies nor scripts can cross.
 */
@Configuration(proxyBeanMethods = false)
class Origins {

    @Bean
    RelevoOrigins relevoOrigins(RelevoProperties properties, @Value("${server.port}") int port) {
        var contentPort = properties.content().port() == 0
                ? freePort()
                : properties.content().port();
        return new RelevoOrigins(
                origin(properties.url(), "http://localhost:" + port),
                origin(properties.content().url(), "http://127.0.0.1:" + contentPort),
                contentPort);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> contentPort(RelevoOrigins origins) {
        return server -> {
            var connector = new Connector();
            connector.setPort(origins.contentPort());
            server.addAdditionalConnectors(connector);
        };
    }

    private static String origin(@Nullable URI configured, String usual) {
        return configured == null ? usual : configured.toString().replaceAll("/+$", "");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("No free port on this machine for customers' content.", e);
        }
    }
}
