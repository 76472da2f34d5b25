package org.relevo.platform;

import java.util.UUID;

/** Names a workspace: one shop's closed world. */
public record WorkspaceId(UUID value) implements Id {

    public static WorkspaceId of(String text) {
        return new WorkspaceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
