package org.relevo.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.platform.outbound.OutboundException.Way;
import org.springframework.util.unit.DataSize;

class OutboundHttpTests {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.0.1", "169.254.169.254", "100.64.0.1",
                "100.100.100.200", "0.0.0.0", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
                "168.63.129.16", "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
                "2001:0:1::1", "2001:db8::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1"
            })
    void addressesThatAreNotOfThePublicInternetAreRefused(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.63.255.255", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"})
    void addressesOfThePublicInternetAreTaken(String address) {
        assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://0/",
                "http://2130706433/",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:7f00:1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1?@hooks.example/"
            })
    void spellingsOfOurOwnNetworkAreRefused(String address) {
        try (var http = new OutboundHttp(limits(false))) {
            assertWay(Way.ADDRESS_PRIVATE, () -> http.get(URI.create(address), Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.example/",
                "file:///etc/passwd",
                "http:/127.0.0.1/",
                "//127.0.0.1/",
                "http://127.1/",
                "http://u:p@127.0.0.1/"
            })
    void whatIsNoWebAddressIsRefused(String address) {
        try (var http = new OutboundHttp(limits(true))) {
            assertWay(Way.ADDRESS_INVALID, () -> http.get(URI.create(address), Map.of()));
        }
    }

    @Test
    void everyAddressOfTheCollectionIsRefused() throws IOException {
        var list = Path.of(System.getProperty("relevo.shared", "../../shared/data"), "security/own/ssrf-urls.txt");
        assumeTrue(Files.exists(list), "Needs the addresses in " + list + "; -Drelevo.shared names their folder.");
        OutboundHttp.Names literalsOnly = host -> {
            try {
                return new InetAddress[] {Inet4Address.ofPosixLiteral(host)};
            } catch (IllegalArgumentException notOne) {
                return new InetAddress[] {LOOPBACK};
            }
        };
        try (var http = new OutboundHttp(limits(false), literalsOnly)) {
            for (var address : Files.readAllLines(list)) {
                if (!address.startsWith("#") && !address.isBlank()) {
                    assertThatThrownBy(() -> http.get(new URI(address), Map.of()))
                            .as(address)
                            .isInstanceOfAny(OutboundException.class, URISyntaxException.class);
                }
            }
        }
    }

    @Test
    void onePrivateAddressAmongPublicOnesSpoilsTheName() {
        OutboundHttp.Names mixed = _ -> new InetAddress[] {InetAddress.ofLiteral("1.1.1.1"), LOOPBACK};
        try (var http = new OutboundHttp(limits(false), mixed)) {
            assertWay(Way.ADDRESS_PRIVATE, () -> http.get(URI.create("http://shop.example/"), Map.of()));
        }
    }

    @Test
    void aNameThatNobodyKnowsIsNamed() {
        OutboundHttp.Names nobody = host -> {
            throw new UnknownHostException(host);
        };
        try (var http = new OutboundHttp(limits(true), nobody)) {
            assertWay(Way.NAME_UNKNOWN, () -> http.get(URI.create("http://shop.example/"), Map.of()));
        }
    }

    @Test
    void theNameIsResolvedOnceAndTheConnectionGoesThereUnderItsName() throws IOException {
        var asked = new AtomicInteger();
        OutboundHttp.Names once = _ -> {
            asked.incrementAndGet();
            return new InetAddress[] {LOOPBACK};
        };
        var server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        var host = new String[1];
        server.createContext("/", exchange -> {
            host[0] = exchange.getRequestHeaders().getFirst("Host");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        var port = server.getAddress().getPort();
        try (var http = new OutboundHttp(limits(true), once)) {
            // ".example" is no name that anybody else would resolve (RFC 2606)
            var answer = http.get(URI.create("http://shop.example:" + port + "/a?b=c"), Map.of());

            assertThat(answer.status()).isEqualTo(204);
            assertThat(host[0]).isEqualTo("shop.example:" + port);
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    private static OutboundProperties limits(boolean privateAddresses) {
        return new OutboundProperties(
                privateAddresses, Duration.ofSeconds(2), Duration.ofSeconds(3), DataSize.ofKilobytes(100));
    }

    private static void assertWay(Way way, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutboundException.class, e -> assertThat(e.way()).isEqualTo(way));
    }
}
