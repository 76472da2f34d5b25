package org.relevo.demonstration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The story as it is written down in {@code demonstration/aurora}; times are relative, see {@link StoryTime}. */
record Story(People people, JsonNode orders, List<Conversation> conversations) {

    record People(List<Party> parties, List<Team> teams, List<Person> people) {}

    record Party(String key, String kind, String name) {}

    record Team(String key, String name, String party) {}

    record Person(
            String key, String name, String email, String role, String party, List<String> teams, String locale) {}

    record Conversation(
            String key,
            String subject,
            Customer customer,
            @Nullable String team,
            @Nullable String assignee,
            String status,
            List<String> tags,
            List<Event> events) {}

    record Customer(String name, String email) {}

    record Event(
            String kind,
            @Nullable String author,
            String at,
            String text,
            @Nullable String html,
            @Nullable List<File> attachments) {}

    record File(
            String name,
            String type,
            @Nullable String text,
            @Nullable String base64,
            @Nullable String cid) {}

    private record Conversations(List<Conversation> conversations) {}

    static Story read(JsonMapper json) {
        return new Story(
                json.readValue(file("people.json"), People.class),
                json.readTree(file("orders.json")),
                json.readValue(file("conversations.json"), Conversations.class).conversations());
    }

    private static byte[] file(String name) {
        try (InputStream file = Story.class.getResourceAsStream("/demonstration/aurora/" + name)) {
            if (file == null) {
                throw new IllegalStateException("The demonstration's " + name + " is missing.");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
