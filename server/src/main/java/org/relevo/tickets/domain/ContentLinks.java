package org.relevo.tickets.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.relevo.platform.RelevoOrigins;
import org.relevo.platform.Secrets;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.stereotype.Component;

/**
 * Links to what customers sent, on the content origin. The origin has no session: the link itself is the permission,
 * signed, for one thing, for between six and twelve hours (rounded, so that browsers can cache).
 */
@Component
public class ContentLinks {

    private static final long STEP = Duration.ofHours(6).toSeconds();
    private static final String PURPOSE = "content link";

    private final Secrets secrets;
    private final RelevoOrigins origins;
    private final Clock clock;

    ContentLinks(Secrets secrets, RelevoOrigins origins, Clock clock) {
        this.secrets = secrets;
        this.origins = origins;
        this.clock = clock;
    }

    /** What a link leads to. */
    public record Target(WorkspaceId workspace, String kind, UUID id) {}

    /** A link to the {@code kind} of thing with that id. */
    public String of(String kind, UUID id) {
        var until = (clock.instant().getEpochSecond() / STEP + 2) * STEP;
        var path = Workspace.required() + "/" + kind + "/" + id + "/" + until;
        return origins.content() + "/content/" + path + "/" + secrets.sign(path, PURPOSE);
    }

    /** What the link with these parts leads to; empty if it is not ours or too old. */
    public Optional<Target> open(WorkspaceId workspace, String kind, UUID id, long until, String signature) {
        var path = workspace + "/" + kind + "/" + id + "/" + until;
        var good = secrets.verifies(path, PURPOSE, signature) && clock.instant().isBefore(Instant.ofEpochSecond(until));
        return good ? Optional.of(new Target(workspace, kind, id)) : Optional.empty();
    }
}
