package org.relevo.platform;

import java.net.URI;
import java.nio.file.Path;
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
 */
@ConfigurationProperties("relevo")
public record RelevoProperties(
        @DefaultValue("data") Path data,
        @Nullable URI url,
        @DefaultValue Content content,
        @DefaultValue("25MB") DataSize attachments) {

    /**
     * The origin for customers' content.
     *
     * @param port its port; 0 takes a free one
     * @param url where browsers reach it; by default {@code http://localhost:PORT} of the content port
     */
    public record Content(
            @DefaultValue("0") int port, @Nullable URI url) {}
}
