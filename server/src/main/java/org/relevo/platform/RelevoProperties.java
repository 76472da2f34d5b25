package org.relevo.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where RELEVO keeps its things and how it is reached.
 *
 * @param data the folder for the embedded database, files and keys
 * @param url where browsers reach the desk; by default {@code http://localhost:PORT}
 * @param content the second origin, which serves what customers sent
 * @param attachments the largest file that a person may attach
 * @param undo how long the desk lets people take back a reply; at most 60 seconds
 */
@ConfigurationProperties("relevo")
public record RelevoProperties(
        @DefaultValue("data") Path data,
        @Nullable URI url,
        @DefaultValue Content content,
        @DefaultValue("25MB") DataSize attachments,
        @DefaultValue("5s") Duration undo) {

    private static final Duration LONGEST_UNDO = Duration.ofSeconds(60);

    public RelevoProperties {
        if (undo.isNegative() || undo.compareTo(LONGEST_UNDO) > 0) {
            throw new IllegalArgumentException("relevo.undo is from 0 to 60 seconds");
        }
    }

    /**
     * The origin for customers' content.
     *
     * @param port its port; 0 takes a free one
     * @param url where browsers reach it; by default {@code http://localhost:PORT} of the content port
     */
    public record Content(
            @DefaultValue("0") int port, @Nullable URI url) {}
}
