package org.relevo;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relevo.support.Written;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every setting, its default and what it means; the reference page is written from the records. */
class ConfigurationTests {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("relevo.attachments", "25MB"),
            Map.entry("relevo.content.port", "0"),
            Map.entry("relevo.content.url", ""),
            Map.entry("relevo.data", "data"),
            Map.entry("relevo.database.application.password", ""),
            Map.entry("relevo.database.application.username", "relevo_app"),
            Map.entry("relevo.database.binaries", ""),
            Map.entry("relevo.database.connections", "16"),
            Map.entry("relevo.database.owner.password", ""),
            Map.entry("relevo.database.owner.username", "relevo_owner"),
            Map.entry("relevo.database.start-limit", "60s"),
            Map.entry("relevo.database.url", ""),
            Map.entry("relevo.demonstration.enabled", "false"),
            Map.entry("relevo.demonstration.imap-port", "0"),
            Map.entry("relevo.demonstration.password", "aurora-2026"),
            Map.entry("relevo.demonstration.smtp-port", "0"),
            Map.entry("relevo.mail.in-memory", "48MB"),
            Map.entry("relevo.mail.largest", "150MB"),
            Map.entry("relevo.outbound.connect", "5s"),
            Map.entry("relevo.outbound.largest", "20MB"),
            Map.entry("relevo.outbound.private-addresses", "false"),
            Map.entry("relevo.outbound.whole", "20s"),
            Map.entry("relevo.smtp.address", "0.0.0.0"),
            Map.entry("relevo.smtp.certificate", ""),
            Map.entry("relevo.smtp.connections", "50"),
            Map.entry("relevo.smtp.hostname", ""),
            Map.entry("relevo.smtp.key", ""),
            Map.entry("relevo.smtp.largest", "50MB"),
            Map.entry("relevo.smtp.networks", ""),
            Map.entry("relevo.smtp.port", "0"),
            Map.entry("relevo.smtp.recipients", "50"),
            Map.entry("relevo.smtp.silence", "5m"),
            Map.entry("relevo.smtp.tls-required", "false"),
            Map.entry("relevo.smtp.whole", "30m"),
            Map.entry("relevo.tickets.follow-up-after", "14d"),
            Map.entry("relevo.undo", "5s"),
            Map.entry("relevo.url", ""));

    @Test
    void everyDefaultIsStatedHere() throws IOException {
        var defaults = settings().stream()
                .collect(Collectors.toMap(ConfigurationTests::name, setting -> text(setting, "defaultValue")));

        assertThat(defaults).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
    }

    @Test
    void theReferenceListsEverySetting() throws IOException {
        var rows = settings().stream()
                .map(setting -> "| `%s` | %s | %s |"
                        .formatted(
                                name(setting),
                                text(setting, "defaultValue").isEmpty()
                                        ? "–"
                                        : "`" + text(setting, "defaultValue") + "`",
                                text(setting, "description").replaceAll("\\{@code ([^}]*)}", "`$1`")))
                .collect(joining("\n"));

        Written.says("docs/reference/configuration.md", """
                # Configuration

                Settings are Spring Boot properties: on the command line (`bin/run -- --relevo.url=https://desk.example`), in the
                environment (`RELEVO_URL`) or in `application.yaml` beside the jar. The port is `server.port`. Written by
                `ConfigurationTests` from the records that read them.

                | setting | default | meaning |
                | --- | --- | --- |
                %s
                """.formatted(rows));
    }

    private static List<JsonNode> settings() throws IOException {
        try (var file = ConfigurationTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(file).isNotNull();
            return JsonMapper.builder()
                    .build()
                    .readTree(file)
                    .path("properties")
                    .valueStream()
                    .filter(setting -> name(setting).startsWith("relevo."))
                    .sorted(Comparator.comparing(ConfigurationTests::name))
                    .toList();
        }
    }

    private static String name(JsonNode setting) {
        return setting.path("name").asString();
    }

    private static String text(JsonNode setting, String field) {
        var node = setting.path(field);
        return node.isMissingNode() ? "" : node.isValueNode() ? node.asString() : node.toString();
    }
}
