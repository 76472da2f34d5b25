package org.relevo.channels.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relevo.support.Installation;
import org.relevo.support.RelevoTest;
import org.relevo.support.TestShop;
import org.relevo.support.TestShops;
import tools.jackson.databind.JsonNode;

/** What a person reads who tries a mailbox before adding it (R5). */
@RelevoTest
class MailboxCheckTests {

    private final TestShops shops;
    private final TestShop shop;

    MailboxCheckTests(TestShops shops) {
        this.shops = shops;
        this.shop = shops.open();
        shops.office().createAccount(shop.mailbox(), TestShops.PASSWORD);
    }

    @Test
    void aGoodMailboxPassesEveryStep() {
        var result = check(imap(), smtp(), TestShops.PASSWORD);

        assertThat(result.path("ok").asBoolean()).isTrue();
        assertThat(result.path("steps")
                        .valueStream()
                        .map(step -> step.path("step").asString()))
                .containsExactly("reach", "sign-in", "folder", "smtp", "smtp-sign-in");
    }

    @Test
    void aWrongPasswordIsToldAtTheSignIn() {
        var result = check(imap(), smtp(), "wrong");

        assertThat(step(result, "reach").path("ok").asBoolean()).isTrue();
        assertThat(step(result, "sign-in").path("detail").asString()).contains("does not accept user and password");
        assertThat(step(result, "folder").path("ok").isNull()).isTrue();
        assertThat(step(result, "smtp-sign-in").path("detail").asString())
                .contains("does not accept user and password");
    }

    @Test
    void anUnknownHostIsNamed() {
        var result = check(server("mail.nowhere.invalid", 993, "tls"), smtp(), TestShops.PASSWORD);

        assertThat(step(result, "reach").path("detail").asString()).contains("mail.nowhere.invalid is not known");
        assertThat(step(result, "smtp").path("ok").asBoolean()).isTrue();
    }

    @Test
    void aClosedPortIsNamed() {
        var result = check(server("127.0.0.1", Installation.freePort(), "none"), smtp(), TestShops.PASSWORD);

        assertThat(step(result, "reach").path("detail").asString()).contains("Nothing answers at 127.0.0.1:");
    }

    @Test
    void encryptionAtAServerThatHasNoneIsNamed() {
        var tls = check(server("127.0.0.1", shops.office().imapPort(), "tls"), smtp(), TestShops.PASSWORD);
        var startTls = check(server("127.0.0.1", shops.office().imapPort(), "starttls"), smtp(), TestShops.PASSWORD);

        assertThat(step(tls, "reach").path("detail").asString()).contains("encryption");
        assertThat(step(startTls, "reach").path("detail").asString()).contains("STARTTLS");
    }

    @Test
    void aServerThatSaysNothingIsGivenUpSoon() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var begun = System.nanoTime();
            var result = check(server("127.0.0.1", silent.getLocalPort(), "none"), smtp(), TestShops.PASSWORD);

            assertThat(step(result, "reach").path("detail").asString()).contains("does not answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void anAccountWithoutAnInboxIsNamed() throws IOException {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serveWithoutInbox(server));

            var result = check(server("127.0.0.1", server.getLocalPort(), "none"), smtp(), TestShops.PASSWORD);

            assertThat(step(result, "sign-in").path("ok").asBoolean()).isTrue();
            assertThat(step(result, "folder").path("detail").asString()).isEqualTo("The folder INBOX does not exist.");
        }
    }

    /** Just enough of IMAP (RFC 3501) to sign in and find nothing. */
    private static void serveWithoutInbox(ServerSocket server) {
        try (var line = server.accept();
                var heard = new BufferedReader(new InputStreamReader(line.getInputStream(), ISO_8859_1))) {
            say(line, "* OK ready");
            for (var command = heard.readLine(); command != null; command = heard.readLine()) {
                var tag = command.split(" ")[0];
                var refused = command.contains("SELECT") || command.contains("EXAMINE");
                if (command.contains("CAPABILITY")) {
                    say(line, "* CAPABILITY IMAP4rev1");
                }
                say(line, tag + (refused ? " NO no such mailbox" : " OK done"));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(Socket line, String text) throws IOException {
        line.getOutputStream().write((text + "\r\n").getBytes(ISO_8859_1));
    }

    private JsonNode check(Map<String, Object> imap, Map<String, Object> smtp, String password) {
        return shop.as("owner@" + shop.domain())
                .post(
                        "/mailboxes/check",
                        Map.of(
                                "address",
                                shop.mailbox(),
                                "name",
                                "Shop",
                                "imap",
                                imap,
                                "smtp",
                                smtp,
                                "password",
                                password))
                .ok();
    }

    private Map<String, Object> imap() {
        return server("127.0.0.1", shops.office().imapPort(), "none");
    }

    private Map<String, Object> smtp() {
        return server("127.0.0.1", shops.office().smtpPort(), "none");
    }

    private static Map<String, Object> server(String host, int port, String security) {
        return Map.of("host", host, "port", port, "security", security);
    }

    private static JsonNode step(JsonNode result, String name) {
        return result.path("steps")
                .valueStream()
                .filter(step -> name.equals(step.path("step").asString()))
                .findFirst()
                .orElseThrow();
    }
}
