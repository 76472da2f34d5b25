package org.relevo.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relevo.channels.email.sending.HeaderText;
import org.relevo.channels.outbound.Outgoing;
import org.relevo.channels.outbound.Outgoing.Kind;
import org.relevo.channels.outbound.Outgoing.Nature;
import org.relevo.channels.outbound.Outgoing.Recipient;
import org.relevo.platform.blobs.BlobId;
import org.relevo.support.SharedData;
import org.relevo.tickets.Delivery.State;
import org.relevo.tickets.ReplyWritten;
import org.relevo.tickets.TicketId;
import tools.jackson.databind.json.JsonMapper;

/** Nobody adds a header (CVE-2024-21742, CVE-2025-7962): every hostile name in every place that a header is made of. */
class HeaderInjectionTests {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final List<String> USUAL = List.of(
            "Date",
            "From",
            "Reply-To",
            "To",
            "Cc",
            "Message-ID",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "In-Reply-To",
            "References",
            "X-Relevo-Instance");

    private enum Place {
        AUTHOR,
        SUBJECT,
        FILE,
        REFERENCE,
        FROM,
        RECIPIENT,
        REPLY_TO,
        MESSAGE_ID,
        INSTANCE,
        TYPE
    }

    static Stream<Arguments> hostile() throws Exception {
        var json = JsonMapper.builder().build();
        return Files.readAllLines(SharedData.at("security/own/hostile-names.jsonl")).stream()
                .map(json::readTree)
                .flatMap(row -> Stream.of(Place.values())
                        .map(place -> argumentSet(
                                row.path("id").asString() + " as " + place,
                                row.path("value").asString(),
                                place)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameStaysInItsHeaderOrIsRefused(String hostile, Place place) throws Exception {
        byte[] bytes;
        try {
            bytes = ReplyMail.of(
                            SESSION, mail(hostile, place), at(place, Place.INSTANCE, hostile, "x"), _ -> new byte[3])
                    .bytes();
        } catch (AddressException | IllegalArgumentException e) {
            return; // refused
        }
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var head = text.substring(0, text.indexOf("\r\n\r\n"));
        assertThat(head.replace("\r\n", "")).doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f]");
        assertThat(head.lines().filter(line -> !line.isBlank() && !line.startsWith(" ") && !line.startsWith("\t")))
                .allSatisfy(line -> assertThat(USUAL).contains(line.split(":")[0]))
                .doesNotHaveDuplicates();
        assertThat(ScriptedShop.parsed(text).getHeader("Bcc")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nb", "a\nb", "a\rb", "a\0b", "a\u0085b", "a\u2028b", "a\u202eb", "a\ud800b", "a\u007fb"})
    void aHeaderValueCannotHoldWhatEndsALine(String value) {
        assertThatThrownBy(() -> new HeaderText(value)).isInstanceOf(IllegalArgumentException.class);
        assertThat(HeaderText.of(value).value()).isEqualTo("a b");
    }

    @Test
    void aHeaderValueOfAMegabyteIsCut() {
        assertThat(HeaderText.of("\ud83d\ude00".repeat(500_000)).value()).hasSizeLessThanOrEqualTo(900);
    }

    private static Outgoing mail(String hostile, Place place) {
        Function<Place, Function<String, String>> put = wanted -> usual -> at(place, wanted, hostile, usual);
        var file = new ReplyWritten.File(
                put.apply(Place.FILE).apply("a.txt"),
                put.apply(Place.TYPE).apply("text/plain"),
                3,
                new BlobId("0".repeat(64)));
        return new Outgoing(
                UUID.randomUUID(),
                new TicketId(UUID.randomUUID()),
                UUID.randomUUID(),
                put.apply(Place.MESSAGE_ID).apply("<a@shop.example>"),
                new Outgoing.From(
                        put.apply(Place.FROM).apply("hola@shop.example"),
                        put.apply(Place.AUTHOR).apply("Lucía")),
                put.apply(Place.REPLY_TO).apply("hola+c@shop.example"),
                List.of(new Recipient(
                        0, Kind.TO, put.apply(Place.RECIPIENT).apply("ana@customer.example"), State.QUEUED, null)),
                put.apply(Place.SUBJECT).apply("Lámpara"),
                "Hola",
                "",
                List.of(put.apply(Place.REFERENCE).apply("<q@mail.example>")),
                List.of(file),
                Instant.EPOCH,
                Nature.PERSONAL,
                State.QUEUED,
                0,
                null);
    }

    private static String at(Place place, Place wanted, String hostile, String usual) {
        return place == wanted ? hostile : usual;
    }
}
