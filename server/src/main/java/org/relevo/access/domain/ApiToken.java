package org.relevo.access.domain;

import java.util.Optional;
import java.util.UUID;
import org.relevo.platform.WorkspaceId;

/**
 * The text of an API token: {@code rlv_WORKSPACE_SECRET}. It names its workspace, so that it can be looked up inside that
 * workspace's walls and nowhere else.
 *
 * @param secret 256 random bits
 */
public record ApiToken(WorkspaceId workspace, String secret) {

    private static final String PREFIX = "rlv_";
    private static final int WORKSPACE_LENGTH = 32;

    /** Reads a token; empty when the text is none. */
    public static Optional<ApiToken> read(String text) {
        if (!text.startsWith(PREFIX) || text.length() <= PREFIX.length() + WORKSPACE_LENGTH + 1) {
            return Optional.empty();
        }
        var rest = text.substring(PREFIX.length());
        try {
            var workspace = new UUID(
                    Long.parseUnsignedLong(rest.substring(0, 16), 16),
                    Long.parseUnsignedLong(rest.substring(16, 32), 16));
            return Optional.of(new ApiToken(new WorkspaceId(workspace), rest.substring(WORKSPACE_LENGTH + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public String text() {
        return PREFIX + workspace.toString().replace("-", "") + "_" + secret;
    }
}
