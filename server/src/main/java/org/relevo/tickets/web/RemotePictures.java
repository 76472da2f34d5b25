package org.relevo.tickets.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relevo.platform.outbound.OutboundException;
import org.relevo.platform.outbound.OutboundHttp;
import org.relevo.platform.outbound.OutboundProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Fetches pictures that a mail only names, so that their server learns nothing about who looks. Private addresses are never
 * reached, whatever {@code relevo.outbound} allows shops.
 */
@Component
class RemotePictures {

    /** A picture. Its type is told from its bytes: what a stranger's server claims counts for nothing. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares pictures
    record Picture(String type, byte[] bytes) {}

    private static final Logger LOG = LoggerFactory.getLogger(RemotePictures.class);
    private static final OutboundProperties LIMITS =
            new OutboundProperties(false, Duration.ofSeconds(5), Duration.ofSeconds(10), DataSize.ofMegabytes(5));

    private final OutboundHttp http;

    @Autowired
    RemotePictures() {
        this(new OutboundHttp(LIMITS));
    }

    RemotePictures(OutboundHttp http) {
        this.http = http;
    }

    /** The picture at {@code address}; empty if there is none that we may show. */
    Optional<Picture> fetch(String address) {
        try {
            var answer = http.get(new URI(address.strip()), Map.of("Accept", "image/*", "User-Agent", "RELEVO"));
            return answer.status() == 200
                    ? type(answer.body()).map(type -> new Picture(type, answer.body()))
                    : Optional.empty();
        } catch (OutboundException e) {
            LOG.debug("A remote picture cannot be had [way={}]", e.way());
            return Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> type(byte[] bytes) {
        record Mark(String type, int at, String letters) {}
        var marks = List.of(
                new Mark("image/png", 1, "PNG"),
                new Mark("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
                new Mark("image/gif", 0, "GIF8"),
                new Mark("image/webp", 8, "WEBP"));
        return marks.stream()
                .filter(mark -> marked(bytes, mark.at(), mark.letters()))
                .map(Mark::type)
                .findFirst();
    }

    private static boolean marked(byte[] bytes, int at, String letters) {
        for (var index = 0; index < letters.length(); index++) {
            if (at + index >= bytes.length || (bytes[at + index] & 0xff) != letters.charAt(index)) {
                return false;
            }
        }
        return true;
    }
}
