package org.relevo.orders;

import java.util.UUID;
import org.relevo.platform.Id;

/** Names a connected shop. */
public record ShopId(UUID value) implements Id {}
