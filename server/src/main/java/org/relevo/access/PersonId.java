package org.relevo.access;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a person, in whichever workspaces they serve. */
public record PersonId(UUID value) implements Id {}
