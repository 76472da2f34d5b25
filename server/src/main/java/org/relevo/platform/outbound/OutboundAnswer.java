package org.relevo.platform.outbound;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a foreign server said, whole. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record OutboundAnswer(int status, HttpHeaders headers, byte[] body) {

    /** The first value of a header; empty when there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
