package org.relevo.channels.email.automatic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relevo.channels.email.mime.MailParser;
import org.relevo.support.SharedData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts that make careless patterns take for ever, each with the time that it may take. */
class HostileNoticeTests {

    private static final JsonMapper JSON = new JsonMapper();

    private final MailParser parser = new MailParser();

    static Stream<Arguments> texts() {
        return new String(SharedData.bytes(SharedData.at("security/own/redos.jsonl")), UTF_8)
                .lines()
                .map(JSON::readTree)
                .map(row -> Arguments.of(
                        row.path("id").asString(),
                        text(row),
                        row.path("limit_ms").asInt()));
    }

    private static String text(JsonNode row) {
        var text = new StringBuilder();
        StreamSupport.stream(row.path("parts").spliterator(), false)
                .forEach(part ->
                        text.append(part.path(0).asString().repeat(part.path(1).asInt())));
        return text.toString();
    }

    @BeforeEach
    void warmUp() {
        read("<ana@mail.example>: 550 5.1.1 no such user", "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void areReadInTime(String id, String text, int milliseconds) {
        var begun = System.nanoTime();
        read(text, "");
        read("Hola", "X-Failed-Recipients: " + text.replaceAll("\\s", " ") + "\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2L * milliseconds));
    }

    private void read(String text, String header) {
        var mail = parser.parse(("From: MAILER-DAEMON@mx.example\nTo: hello@shop.example\n" + header
                        + "Subject: Undelivered Mail\n\n" + text)
                .getBytes(UTF_8));
        Bounce.in(mail);
        Feedback.in(mail);
        AutomaticMail.of(mail);
    }
}
