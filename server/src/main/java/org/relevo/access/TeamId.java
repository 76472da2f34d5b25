package org.relevo.access;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a team. */
public record TeamId(UUID value) implements Id {}
